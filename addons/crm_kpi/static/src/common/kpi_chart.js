import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";
import { cookie } from "@web/core/browser/cookie";
import { loadBundle } from "@web/core/assets";
import { getColor } from "@web/core/colors/colors";

/**
 * A chart of lines or bars over the same labels. What it says is told by its title, for those who
 * do not see it.
 */
export class KpiChart extends Component {
    static template = "crm_kpi.Chart";
    static props = {
        title: String,
        labels: Array,
        series: Array,
        type: { type: String, optional: true },
    };
    static defaultProps = { type: "line" };

    setup() {
        this.canvas = useRef("canvas");
        this.chart = null;
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.labels, this.props.series]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    draw() {
        this.chart?.destroy();
        const { labels, series, type } = this.props;
        if (!labels.length || !this.canvas.el) {
            return;
        }
        const color = (number) => getColor(number, cookie.get("color_scheme"), "odoo");
        this.chart = new Chart(this.canvas.el, {
            type,
            data: {
                labels,
                datasets: series.map(({ label, values, isDashed }, number) => ({
                    label,
                    data: values,
                    borderColor: color(number),
                    backgroundColor: color(number),
                    borderDash: isDashed ? [6, 4] : [],
                    pointRadius: values.length > 40 ? 0 : 3,
                    tension: 0,
                })),
            },
            options: {
                animation: false,
                maintainAspectRatio: false,
                responsive: true,
                scales: { y: { beginAtZero: true } },
                plugins: {
                    legend: {
                        display: series.length > 1,
                        position: "bottom",
                        // a line is told by a line, a dashed one by a dashed one
                        labels: { usePointStyle: type === "line", pointStyle: "line" },
                    },
                },
            },
        });
    }
}
