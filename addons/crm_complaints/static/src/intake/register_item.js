import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** Whoever hears a complaint can hand it in: the entry stands in every employee's own menu. */
export function registerComplaintItem(env) {
    return {
        type: "item",
        id: "crm_complaint",
        description: _t("Register a Complaint"),
        callback: () => env.services.action.doAction("crm_complaints.crm_complaint_phone_action"),
        sequence: 15,
    };
}

registry.category("user_menuitems").add("crm_complaint", registerComplaintItem);
