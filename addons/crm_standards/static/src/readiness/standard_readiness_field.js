import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const STRENGTH_LABELS = {
    open: _t("is open"),
    advise: _t("advice"),
    record: _t("is recorded"),
    block: _t("blocks"),
};
const STRENGTH_ORDER = ["advise", "record", "block"];

/**
 * Tells whether a value of the form counts as filled in: the same rule as `is_filled` on the
 * server, for the values of the web client.
 *
 * @param {any} value
 * @returns {boolean}
 */
export function isFilled(value) {
    if (value === null || value === undefined || value === false) {
        return false;
    }
    if (typeof value === "string" || value instanceof String) {
        const text = value.toString().replace(/<[^>]*>|&nbsp;/g, "");
        return text.trim() !== "" || /<img/i.test(value);
    }
    if (typeof value === "number") {
        return value !== 0;
    }
    if (value.records) {
        return value.count > 0;
    }
    return true;
}

/**
 * What the company's standards ask of this lead: what its stage lacks now, and what is missing on
 * the way to the other stages. Follows the form while the user types; the server has the last word.
 */
export class StandardReadinessField extends Component {
    static template = "crm_standards.StandardReadinessField";
    static props = { ...standardFieldProps };

    setup() {
        this.state = useState({ isOpen: false });
    }

    get readiness() {
        return this.props.record.data[this.props.name] || {};
    }

    get lacking() {
        return (this.readiness.lacking || [])
            .map((need) => this.follow(need))
            .filter((need) => need.missing.length);
    }

    get ways() {
        return (this.readiness.ways || []).map((way) => {
            const needs = way.needs
                .map((need) => this.follow(need))
                .filter((need) => need.is_path || need.missing.length);
            const worst = Math.max(-1, ...needs.map((n) => STRENGTH_ORDER.indexOf(n.strength)));
            return { ...way, needs, strength: STRENGTH_ORDER[worst] || "open" };
        });
    }

    get next() {
        return this.ways.find((way) => way.is_next);
    }

    get others() {
        return this.ways.filter((way) => !way.is_next);
    }

    get isEmpty() {
        return !this.ways.length && !this.lacking.length;
    }

    /**
     * Looks at the form's present values where it has them.
     */
    follow(need) {
        const data = this.props.record.data;
        const missing = need.fields.filter((field) =>
            field.name in data ? !isFilled(data[field.name]) : !field.is_filled
        );
        return { ...need, missing };
    }

    strengthLabel(strength) {
        return STRENGTH_LABELS[strength];
    }

    lightClass(strength) {
        return {
            open: "text-success fa-check-circle",
            advise: "text-info fa-info-circle",
            record: "text-warning fa-exclamation-circle",
            block: "text-danger fa-lock",
        }[strength];
    }

    /**
     * Takes the user to a field, opening the page of the form it stands on.
     */
    jumpTo(name) {
        const form = document.querySelector(".o_form_view");
        const places = [...form.querySelectorAll(`.o_field_widget[name="${name}"]`)];
        let place = places.find((el) => el.offsetParent !== null);
        if (!place && places.length) {
            place = places[0];
        }
        if (!place) {
            return;
        }
        place.scrollIntoView({ block: "center", behavior: "instant" });
        const input = place.querySelector("input, textarea, select, [contenteditable=true]");
        (input || place).focus();
        place.classList.add("o_standard_readiness_target");
        place.addEventListener(
            "animationend",
            () => place.classList.remove("o_standard_readiness_target"),
            { once: true }
        );
    }

    canJumpTo(name) {
        return name in this.props.record.activeFields;
    }

    toggle() {
        this.state.isOpen = !this.state.isOpen;
    }
}

export const standardReadinessField = {
    component: StandardReadinessField,
    displayName: _t("Readiness"),
    supportedTypes: ["json"],
};

registry.category("fields").add("standard_readiness", standardReadinessField);
