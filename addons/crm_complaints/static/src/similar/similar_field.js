import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Complaints like the one on the form, as the server finds them while the user types. What he says
 * about one is kept; for that the complaint on the form is saved first.
 */
export class ComplaintSimilarField extends Component {
    static template = "crm_complaints.ComplaintSimilarField";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    get found() {
        return this.props.record.data[this.props.name] || [];
    }

    /** On other forms, such as the one for the phone, there is no complaint to say it of yet. */
    get canJudge() {
        return this.props.record.resModel === "crm.complaint";
    }

    /** In a dialog, so that what is typed already is not lost. */
    open(found) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.complaint",
            res_id: found.id,
            views: [[false, "form"]],
            target: "new",
        });
    }

    async judge(found, verdict) {
        const { record } = this.props;
        if (!(await record.save())) {
            return;
        }
        const action = await this.orm.call(record.resModel, "action_judge_similar", [
            [record.resId],
            found.id,
            verdict,
        ]);
        if (action) {
            await this.action.doAction(action, { onClose: () => record.load() });
        } else {
            await record.load();
        }
    }
}

export const complaintSimilarField = {
    component: ComplaintSimilarField,
    displayName: _t("Similar Complaints"),
    supportedTypes: ["json"],
};

registry.category("fields").add("complaint_similar", complaintSimilarField);
