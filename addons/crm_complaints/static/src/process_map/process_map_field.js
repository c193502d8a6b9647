import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component } from "@odoo/owl";

import { draw } from "./process_map";

/** The process as a map: steps as boxes, ways between them; for a case, where it stands. */
export class ComplaintProcessMapField extends Component {
    static template = "crm_complaints.ProcessMapField";
    static props = { ...standardFieldProps };

    get drawing() {
        return draw(this.props.record.data[this.props.name]);
    }

    /** What the box of a step says to a screen reader and on hovering. */
    describe(step) {
        const role = step.role ? `, ${step.role}` : "";
        const split = step.is_split ? `. ${_t("All next steps at once")}` : "";
        return `${step.name} (${step.stage}${role})${split}`;
    }
}

registry.category("fields").add("complaint_process_map", {
    component: ComplaintProcessMapField,
    displayName: _t("Process Map"),
    supportedTypes: ["json"],
});
