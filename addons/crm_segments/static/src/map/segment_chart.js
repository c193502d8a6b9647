import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";
import { getColor } from "@web/core/colors/colors";
import { cookie } from "@web/core/browser/cookie";
import { loadBundle } from "@web/core/assets";

/** Colors of tags by number, as in Odoo's style sheets: a class looks the same on every screen. */
const TAG_COLORS = [
    "#a2a2a2",
    "#ee2d2d",
    "#dc8534",
    "#e8bb1d",
    "#5794dd",
    "#9f628f",
    "#db8865",
    "#41a9a2",
    "#304be0",
    "#ee2f8a",
    "#61c36e",
    "#9872e6",
];

export function getTagColor(number) {
    return TAG_COLORS[number] || TAG_COLORS[0];
}

/** What both charts of the map share: a canvas that Chart.js draws on, anew for new figures. */
export class SegmentChart extends Component {
    static template = "crm_segments.Chart";
    static props = {
        title: String,
        figures: [Array, Object],
        formatAmount: { type: Function, optional: true },
        onOpen: { type: Function, optional: true },
    };

    setup() {
        this.canvas = useRef("canvas");
        this.chart = null;
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.figures]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    color(number) {
        return getColor(number, cookie.get("color_scheme"), "odoo");
    }

    /** Whether there is anything to draw. */
    get isEmpty() {
        return true;
    }

    /** Data and options of Chart.js. */
    get config() {
        return {};
    }

    draw() {
        this.chart?.destroy();
        this.chart = null;
        if (!this.canvas.el || this.isEmpty) {
            return;
        }
        const { options, ...config } = this.config;
        this.chart = new Chart(this.canvas.el, {
            ...config,
            options: { animation: false, maintainAspectRatio: false, responsive: true, ...options },
        });
    }
}
