import { _t } from "@web/core/l10n/translation";
import { SegmentChart } from "./segment_chart";

/** The BCG portfolio: share against growth, one bubble for each of the largest customers. */
export class PortfolioChart extends SegmentChart {
    get isEmpty() {
        return !this.props.figures.bubbles.length;
    }

    get mostShare() {
        const { bubbles, share_limit } = this.props.figures;
        return Math.max(share_limit * 2, ...bubbles.map((bubble) => bubble.share * 1.1));
    }

    /** A border between classes, as a line across the picture. */
    border(from, to) {
        return {
            type: "line",
            data: [from, to],
            borderColor: this.color(7),
            borderDash: [4, 4],
            borderWidth: 1,
            pointRadius: 0,
            pointHitRadius: 0,
        };
    }

    /** Bubbles of one class have one color and one line in the legend. */
    dataset(segment, number) {
        const { bubbles } = this.props.figures;
        const most = Math.max(...bubbles.map((bubble) => bubble.amount));
        const own = bubbles.filter((bubble) => bubble.segment === segment.id);
        return {
            label: segment.name,
            bubbles: own,
            data: own.map((bubble) => ({
                x: bubble.share,
                y: bubble.growth,
                r: 4 + 14 * Math.sqrt(bubble.amount / most),
            })),
            backgroundColor: this.color(number),
        };
    }

    tell({ dataset, dataIndex }) {
        const bubble = dataset.bubbles[dataIndex];
        const growth =
            bubble.told_growth === null ? _t("new") : `${bubble.told_growth.toFixed(0)} %`;
        return _t("%(name)s: %(amount)s, growth: %(growth)s", {
            name: bubble.name,
            amount: this.props.formatAmount(bubble.amount),
            growth,
        });
    }

    get config() {
        const { classes, growth_limit, most_growth, share_limit } = this.props.figures;
        const datasets = classes
            .map((segment, number) => this.dataset(segment, number))
            .filter((dataset) => dataset.data.length);
        const share = this.mostShare;
        return {
            type: "bubble",
            data: {
                datasets: [
                    ...datasets,
                    this.border({ x: share_limit, y: -110 }, { x: share_limit, y: most_growth + 20 }),
                    this.border({ x: 0, y: growth_limit }, { x: share, y: growth_limit }),
                ],
            },
            options: {
                scales: {
                    x: {
                        min: 0,
                        max: share,
                        title: { display: true, text: _t("Share (%)") },
                        ticks: { callback: (value) => Number(value.toFixed(1)) },
                    },
                    y: {
                        min: -110,
                        max: most_growth + 20,
                        title: { display: true, text: _t("Growth (%)") },
                    },
                },
                plugins: {
                    legend: {
                        position: "bottom",
                        labels: { filter: ({ text }) => Boolean(text) },
                    },
                    tooltip: {
                        filter: ({ dataset }) => Boolean(dataset.bubbles),
                        callbacks: { label: (item) => this.tell(item) },
                    },
                },
                onClick: (ev, [element]) => {
                    const bubble = element && datasets[element.datasetIndex]?.bubbles[element.index];
                    return bubble && this.props.onOpen?.(bubble);
                },
            },
        };
    }
}
