import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

/** A manager reads what a customer said to an answer, and confirms that a complaint is genuine. */
registry.category("web_tour.tours").add("complaints_replies", {
    steps: () => [
        stepUtils.showAppsMenuItem(),
        {
            content: "Open the complaints",
            trigger: ".o_app[data-menu-xmlid='crm_complaints.crm_complaint_menu_root']",
            run: "click",
        },
        {
            content: "Control",
            trigger: "[data-menu-xmlid='crm_complaints.crm_complaint_control_menu']",
            run: "click",
        },
        {
            content: "What customers said",
            trigger: "[data-menu-xmlid='crm_complaints.crm_complaint_consent_menu']",
            run: "click",
        },
        {
            content: "The reply stands there with its complaint",
            trigger: ".o_data_row:contains('Own case'):contains('Still broken')",
        },
        {
            content: "Cases",
            trigger: "[data-menu-xmlid='crm_complaints.crm_complaint_cases_menu']",
            run: "click",
        },
        {
            content: "What looks like a machine's work",
            trigger: "[data-menu-xmlid='crm_complaints.crm_complaint_quarantine_menu']",
            run: "click",
        },
        {
            content: "Open one",
            trigger: ".o_data_row td:contains('Honest words')",
            run: "click",
        },
        {
            content: "It is genuine",
            trigger: "button[name=action_register]",
            run: "click",
        },
        {
            content: "It is a complaint with a number",
            trigger: ".o_form_view .o_field_widget[name=number]",
        },
    ],
});
