import { Component, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { isFilled } from "../readiness/field_value";
import { isOnForm, jumpToField } from "../readiness/form_jump";
import { follow } from "./completeness";

/**
 * How complete a record is by the company's data-entry standards, what is missing, and what has not
 * the form asked. Follows while the user types, as far as fields are filled or emptied; the form of
 * a value the server judges. The server has the last word on both.
 */
export class StandardCompletenessField extends Component {
    static template = "crm_standards.StandardCompletenessField";
    static props = { ...standardFieldProps };

    setup() {
        this.root = useRef("root");
        this.state = useState({ isOpen: false });
    }

    /** @returns {Object} see `follow` */
    getPanel() {
        const { name, record } = this.props;
        const { data, fields } = record;
        return follow(
            record.data[name] || {},
            (line) =>
                line.name in data
                    ? isFilled(data[line.name], fields[line.name].type)
                    : line.is_filled,
            (line) => !(line.name in data) || data[line.name] === line.faulty_value
        );
    }

    barClass(percent) {
        if (percent === 100) {
            return "bg-success";
        }
        return percent < 50 ? "bg-danger" : "bg-warning";
    }

    getSummary(panel) {
        if (!panel.gaps.length) {
            return _t("Data complete");
        }
        return panel.gaps.length === 1 ? _t("1 gap") : _t("%s gaps", panel.gaps.length);
    }

    gapClass(line) {
        if (line.gap === "malformed") {
            return "btn-outline-danger";
        }
        return line.is_required ? "btn-warning" : "btn-outline-secondary";
    }

    isOnForm(line) {
        return isOnForm(this.props.record, line.name);
    }

    jumpTo(line) {
        return jumpToField(this.root.el.closest(".o_form_renderer"), line.name);
    }

    toggle() {
        this.state.isOpen = !this.state.isOpen;
    }
}

export const standardCompletenessField = {
    component: StandardCompletenessField,
    displayName: _t("Completeness"),
    supportedTypes: ["json"],
};

registry.category("fields").add("standard_completeness", standardCompletenessField);
