import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";
import { getColor } from "@web/core/colors/colors";
import { cookie } from "@web/core/browser/cookie";
import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";

/**
 * One chart of the overview: bars, with a line of the running share (Pareto) or a second row of
 * bars (received beside closed). A click on a bar opens its complaints.
 */
export class ComplaintChart extends Component {
    static template = "crm_complaints.Chart";
    static props = {
        title: String,
        bars: Array,
        series: { type: Array, optional: true },
        isPareto: { type: Boolean, optional: true },
        isHorizontal: { type: Boolean, optional: true },
        onOpen: { type: Function, optional: true },
    };

    setup() {
        this.canvas = useRef("canvas");
        this.chart = null;
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.bars]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    color(number) {
        return getColor(number, cookie.get("color_scheme"), "odoo");
    }

    get datasets() {
        const { bars, series, isPareto } = this.props;
        if (series) {
            return series.map(({ name, label }, number) => ({
                label,
                data: bars.map((bar) => bar[name]),
                backgroundColor: this.color(number),
            }));
        }
        const datasets = [
            {
                label: _t("Complaints"),
                data: bars.map((bar) => bar.count),
                backgroundColor: this.color(0),
                order: 2,
            },
        ];
        if (isPareto) {
            datasets.push({
                type: "line",
                label: _t("Running share (%)"),
                data: bars.map((bar) => bar.running_percent),
                borderColor: this.color(1),
                backgroundColor: this.color(1),
                yAxisID: "share",
                order: 1,
            });
        }
        return datasets;
    }

    draw() {
        this.chart?.destroy();
        const { bars, isHorizontal, isPareto, onOpen } = this.props;
        if (!bars.length || !this.canvas.el) {
            return;
        }
        const count = isHorizontal ? "x" : "y";
        const scales = { [count]: { beginAtZero: true, ticks: { precision: 0 } } };
        if (isPareto) {
            scales.share = { position: "right", min: 0, max: 100, grid: { display: false } };
        }
        // slanting names of standing bars would run out of the picture
        const most = isHorizontal ? 22 : 18;
        const shorten = (text) =>
            text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
        this.chart = new Chart(this.canvas.el, {
            type: "bar",
            data: {
                labels: bars.map((bar) => shorten(bar.label || bar.name)),
                datasets: this.datasets,
            },
            options: {
                animation: false,
                layout: { padding: { left: isPareto ? 28 : 0 } },
                indexAxis: isHorizontal ? "y" : "x",
                maintainAspectRatio: false,
                responsive: true,
                scales,
                plugins: {
                    legend: { display: this.datasets.length > 1, position: "bottom" },
                    tooltip: {
                        callbacks: {
                            title: ([item]) => bars[item.dataIndex].name || item.label,
                        },
                    },
                },
                onClick: (ev, [element]) => element && onOpen && onOpen(bars[element.index]),
            },
        });
    }
}
