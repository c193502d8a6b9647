import { _t } from "@web/core/l10n/translation";
import { getTagColor, SegmentChart } from "./segment_chart";

const LEAST_GROWTH = -100;
const LINE_HEIGHT = 14;

/** Names beside bubbles, on the side where there is room; of those that would cover each other the
 * larger customer's. */
const namesOfBubbles = {
    id: "namesOfBubbles",
    afterDatasetsDraw(chart) {
        const { chartArea, ctx, data } = chart;
        const bubbles = data.datasets.flatMap((dataset, number) =>
            chart.isDatasetVisible(number) && dataset.bubbles
                ? chart.getDatasetMeta(number).data.map(({ x, y, options }, place) => ({
                      ...dataset.bubbles[place],
                      x,
                      y,
                      radius: options.radius,
                  }))
                : []
        );
        const taken = bubbles.map(({ x, y, radius }) => [x - radius, x + radius, y]);
        ctx.save();
        ctx.font = "12px sans-serif";
        ctx.fillStyle = "#6c757d";
        ctx.textBaseline = "middle";
        for (const { name, x, y, radius } of bubbles.sort((a, b) => b.amount - a.amount)) {
            const isRight = x > (chartArea.left + chartArea.right) / 2;
            const width = ctx.measureText(name).width;
            const left = isRight ? x - radius - 4 - width : x + radius + 4;
            const isFree = taken.every(
                ([from, to, line]) =>
                    left + width < from || to < left || Math.abs(line - y) >= LINE_HEIGHT
            );
            if (isFree) {
                taken.push([left, left + width, y]);
                ctx.fillText(name, left, y);
            }
        }
        ctx.restore();
    },
};

/** The BCG portfolio: share against growth, one bubble for each of the largest customers. */
export class PortfolioChart extends SegmentChart {
    get isEmpty() {
        return !this.props.figures.bubbles.length;
    }

    /** The right edge: a round number beyond all bubbles. */
    get mostShare() {
        const { bubbles, share_limit } = this.props.figures;
        const most = Math.max(share_limit * 2, ...bubbles.map((bubble) => bubble.share * 1.05));
        const step = most > 20 ? 10 : most > 5 ? 2 : 0.5;
        return Math.min(100, Math.ceil(most / step) * step);
    }

    /** A border between classes, as a line across the picture. */
    border(from, to) {
        return {
            type: "line",
            data: [from, to],
            borderColor: "#6c757d",
            borderDash: [4, 4],
            borderWidth: 1,
            pointRadius: 0,
            pointHitRadius: 0,
        };
    }

    /** Bubbles of one class have one color, that of its tags, and one line in the legend. */
    dataset(segment) {
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
            backgroundColor: `${getTagColor(segment.color)}cc`,
            // those at the edge are drawn whole
            clip: false,
        };
    }

    tell({ dataset, dataIndex }) {
        const bubble = dataset.bubbles[dataIndex];
        const growth =
            bubble.told_growth === null ? _t("new") : `${bubble.told_growth.toFixed(0)} %`;
        return _t("%(name)s: %(amount)s, growth: %(growth)s", {
            name: bubble.name,
            amount: this.props.formatAmount(bubble.amount, this.props.figures.currency_id),
            growth,
        });
    }

    get config() {
        const { classes, growth_limit, most_growth, share_limit } = this.props.figures;
        const datasets = classes
            .map((segment) => this.dataset(segment))
            .filter((dataset) => dataset.data.length);
        const share = this.mostShare;
        return {
            type: "bubble",
            plugins: [namesOfBubbles],
            data: {
                datasets: [
                    ...datasets,
                    this.border(
                        { x: share_limit, y: LEAST_GROWTH },
                        { x: share_limit, y: most_growth }
                    ),
                    this.border({ x: 0, y: growth_limit }, { x: share, y: growth_limit }),
                ],
            },
            options: {
                layout: { padding: { top: 18, right: 8 } },
                scales: {
                    x: { min: 0, max: share, title: { display: true, text: _t("Share (%)") } },
                    y: {
                        min: LEAST_GROWTH,
                        max: most_growth,
                        title: { display: true, text: _t("Growth (%)") },
                        // the edge stands for all that grew more, and for who is new
                        ticks: {
                            stepSize: 50,
                            callback: (value) => (value === most_growth ? `≥ ${value}` : value),
                        },
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
