import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Ishikawa's drawing of the possible causes. Lines and words are laid out by the server, the same
 * for the screen and for paper.
 */
export class IshikawaField extends Component {
    static template = "crm_complaints.IshikawaField";
    static props = { ...standardFieldProps };

    get drawing() {
        return this.props.record.data[this.props.name];
    }

    get label() {
        return _t("Possible causes on the six bones of Ishikawa's drawing");
    }
}

registry.category("fields").add("complaint_ishikawa", {
    component: IshikawaField,
    displayName: _t("Ishikawa drawing"),
    supportedTypes: ["json"],
});
