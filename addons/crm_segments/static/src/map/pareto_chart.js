import { _t } from "@web/core/l10n/translation";
import { SegmentChart } from "./segment_chart";

/** The Pareto curve: which part of the customers brings which part of the whole. */
export class ParetoChart extends SegmentChart {
    get isEmpty() {
        return this.props.figures.length < 2;
    }

    get config() {
        const percent = (text) => ({
            type: "linear",
            min: 0,
            max: 100,
            title: { display: true, text },
        });
        return {
            type: "line",
            data: {
                datasets: [
                    {
                        // plain copies: Chart.js writes into what it draws
                        data: this.props.figures.map(({ x, y }) => ({ x, y })),
                        borderColor: this.color(0),
                        backgroundColor: this.color(0),
                        pointRadius: this.props.figures.length > 30 ? 0 : 3,
                        pointHitRadius: 8,
                    },
                    {
                        // all alike would be this line
                        data: [
                            { x: 0, y: 0 },
                            { x: 100, y: 100 },
                        ],
                        borderColor: this.color(1),
                        borderDash: [4, 4],
                        pointRadius: 0,
                        pointHitRadius: 0,
                    },
                ],
            },
            options: {
                scales: {
                    x: percent(_t("Customers (%)")),
                    y: percent(_t("Sum (%)")),
                },
                plugins: {
                    legend: { display: false },
                    tooltip: {
                        callbacks: {
                            title: () => "",
                            label: ({ parsed }) =>
                                _t("%(customers)s % of the customers bring %(share)s %", {
                                    customers: parsed.x.toFixed(0),
                                    share: parsed.y.toFixed(0),
                                }),
                        },
                    },
                },
            },
        };
    }
}
