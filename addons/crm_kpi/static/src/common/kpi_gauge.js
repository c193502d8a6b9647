import { Component } from "@odoo/owl";
import { NO_VALUE, ZONES, tellNumber } from "./kpi_words";

const FULL = 120;

/** A score on a half circle, with the zones behind it. Drawn as SVG: sharp on a wall as well. */
export class KpiGauge extends Component {
    static template = "crm_kpi.Gauge";
    static props = {
        score: { type: [Number, { value: null }], optional: true },
        zone: { type: [String, { value: null }], optional: true },
        zones: Array,
    };

    get text() {
        return this.props.score === null ? NO_VALUE : tellNumber(this.props.score, 1);
    }

    get className() {
        return `text-${ZONES[this.props.zone] || "muted"}`;
    }

    /** A piece of the half circle from one score to another. */
    arc(from, to) {
        const point = (score) => {
            const angle = Math.PI * (1 - Math.min(Math.max(score, 0), FULL) / FULL);
            return `${100 + 80 * Math.cos(angle)} ${100 - 80 * Math.sin(angle)}`;
        };
        return `M ${point(from)} A 80 80 0 0 1 ${point(to)}`;
    }

    get bands() {
        const [yellow, green] = this.props.zones;
        return [
            { id: "red", path: this.arc(0, yellow) },
            { id: "yellow", path: this.arc(yellow, green) },
            { id: "green", path: this.arc(green, FULL) },
        ];
    }

    get needle() {
        return this.arc(0, Math.max(this.props.score || 0, 0.5));
    }
}
