import { Component, markup, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { isFilled } from "./field_value";
import { revealField } from "./form_walk";
import { follow } from "./readiness";

const STRENGTH_LABELS = {
    open: _t("open"),
    advise: _t("advised"),
    record: _t("goes on record"),
    block: _t("required"),
};
const STRENGTH_ICONS = {
    open: "text-success fa-check-circle",
    advise: "text-info fa-info-circle",
    record: "text-warning fa-exclamation-circle",
    block: "text-danger fa-lock",
};

/**
 * What the company's standards ask of this lead: what its stage lacks now, and what is missing on
 * the way to the other stages.
 *
 * Follows while the user types, as far as fields are filled or emptied. Whether a rule speaks to
 * the lead at all (its condition, "Applies to") the server looks at again when the lead is saved.
 * The server has the last word on both.
 */
export class StandardReadinessField extends Component {
    static template = "crm_standards.StandardReadinessField";
    static props = { ...standardFieldProps };

    setup() {
        this.root = useRef("root");
        this.state = useState({ openStage: null });
    }

    /**
     * @returns {Object} see `follow`; and `open`, the way among the others that the user looks at
     */
    getPanel() {
        const { name, record } = this.props;
        const panel = follow(record.data[name] || {}, (field) => this.isMissing(field));
        return { ...panel, open: panel.others.find((way) => way.id === this.state.openStage) };
    }

    /** Looks at the form where it has the field, else believes the server. */
    isMissing(field) {
        const { data, fields } = this.props.record;
        return field.name in data
            ? !isFilled(data[field.name], fields[field.name].type)
            : !field.is_filled;
    }

    strengthLabel(strength) {
        return STRENGTH_LABELS[strength];
    }

    strengthIcon(strength) {
        return STRENGTH_ICONS[strength];
    }

    getSentence(way) {
        const stage = markup`<b>${way.name}</b>`;
        if (!way.needs.length) {
            return _t("Ready for %s", stage);
        }
        if (!way.fresh.length) {
            return _t("To move to %s, fill in what is missing above", stage);
        }
        if (way.fresh.some((need) => need.is_path)) {
            return _t("To move to %s:", stage);
        }
        return _t("To move to %s, still missing:", stage);
    }

    /** Whether the form shows the field, on whichever page. */
    canJumpTo(name) {
        const { activeFields, evalContextWithVirtualIds } = this.props.record;
        return (
            name in activeFields &&
            !evaluateBooleanExpr(activeFields[name].invisible, evalContextWithVirtualIds)
        );
    }

    /** Takes the user to a field, opening the page of the form it stands on. */
    async jumpTo(name) {
        const place = await revealField(this.root.el.closest(".o_form_renderer"), name);
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

    toggle(stage) {
        this.state.openStage = this.state.openStage === stage ? null : stage;
    }
}

export const standardReadinessField = {
    component: StandardReadinessField,
    displayName: _t("Readiness"),
    supportedTypes: ["json"],
};

registry.category("fields").add("standard_readiness", standardReadinessField);
