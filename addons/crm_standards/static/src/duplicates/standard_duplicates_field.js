import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Contacts and opportunities like the one on the form, as the server finds them while the user
 * types. One looks at them in a dialog, so that what is typed already is not lost.
 */
export class StandardDuplicatesField extends Component {
    static template = "crm_standards.StandardDuplicatesField";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    get found() {
        return this.props.record.data[this.props.name] || [];
    }

    getIcon(model) {
        return model === "crm.lead" ? "fa-star" : "fa-address-book";
    }

    getWhy(found) {
        return _t("same %s", found.reasons.join(", "));
    }

    open(found) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: found.model,
            res_id: found.id,
            views: [[false, "form"]],
            target: "new",
        });
    }

    /** Two saved records of one kind can be merged; core's wizard asks for the rights. */
    canMerge(found) {
        const { record } = this.props;
        return Boolean(record.resId) && found.model === record.resModel && found.can_merge;
    }

    async merge(found) {
        const { record } = this.props;
        if (await record.save()) {
            const ids = [record.resId, found.id];
            const action = await this.orm.call(record.resModel, "action_merge_duplicates", [ids]);
            await this.action.doAction(action);
        }
    }
}

export const standardDuplicatesField = {
    component: StandardDuplicatesField,
    displayName: _t("Duplicates"),
    supportedTypes: ["json"],
};

registry.category("fields").add("standard_duplicates", standardDuplicatesField);
