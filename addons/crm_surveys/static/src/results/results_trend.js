import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";
import { getColor } from "@web/core/colors/colors";
import { cookie } from "@web/core/browser/cookie";
import { loadBundle } from "@web/core/assets";
import { deserializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { METRICS } from "./results_words";

/** The metric by month, within the band of its bounds; a month with too few answers has a gap. */
export class ResultsTrend extends Component {
    static template = "crm_surveys.ResultsTrend";
    static props = { months: Array, metric: String };

    setup() {
        this.canvas = useRef("canvas");
        this.chart = null;
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.months]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    get hasFigures() {
        return this.props.months.some(({ value }) => value !== null);
    }

    get datasets() {
        const { months, metric } = this.props;
        const color = getColor(0, cookie.get("color_scheme"), "odoo");
        const bound = { borderWidth: 0, pointRadius: 0, backgroundColor: `${color}33` };
        return [
            {
                label: METRICS[metric].name,
                data: months.map(({ value }) => value),
                borderColor: color,
                backgroundColor: color,
            },
            { ...bound, label: _t("Lower bound"), data: months.map(({ low }) => low), fill: "+1" },
            { ...bound, label: _t("Upper bound"), data: months.map(({ high }) => high) },
        ];
    }

    draw() {
        this.chart?.destroy();
        if (!this.hasFigures || !this.canvas.el) {
            return;
        }
        const { months, metric } = this.props;
        this.chart = new Chart(this.canvas.el, {
            type: "line",
            data: {
                labels: months.map(({ month }) => deserializeDate(month).toFormat("LLL yyyy")),
                datasets: this.datasets,
            },
            options: {
                animation: false,
                maintainAspectRatio: false,
                responsive: true,
                scales: { y: { suggestedMin: METRICS[metric].floor, suggestedMax: 100 } },
                plugins: {
                    legend: { display: false },
                    tooltip: {
                        callbacks: {
                            footer: ([item]) => _t("%s answers", months[item.dataIndex].count),
                        },
                    },
                },
            },
        });
    }
}
