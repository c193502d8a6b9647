import { registry } from "@web/core/registry";

/**
 * A leader takes the follow-up of a detractor, notes what was done, and closes the loop. The
 * answer is made by the test that runs the tour.
 */
registry.category("web_tour.tours").add("crm_surveys_loop", {
    steps: () => [
        {
            content: "Open the follow-up",
            trigger: ".o_data_cell[name=partner_id]:contains('Sara Surveyed')",
            run: "click",
        },
        {
            content: "It says what the customer said",
            trigger: ".o_field_widget[name=words]:contains('Nobody called back')",
        },
        {
            content: "Choose how it ended",
            trigger: ".o_field_widget[name=outcome] .o_selection_badge:contains('Customer is content again')",
            run: "click",
        },
        {
            content: "What asks for no reference cannot end with one",
            trigger: ".o_field_widget[name=outcome]:not(:contains('reference'))",
        },
        {
            content: "Name the cause",
            trigger: ".o_field_widget[name=cause_id] input",
            run: "edit Tour Cause",
        },
        {
            content: "Take it from the list",
            trigger: ".o_field_widget[name=cause_id] .dropdown-item:contains('Tour Cause')",
            run: "click",
        },
        {
            content: "Say what was done",
            trigger: ".o_field_widget[name=result] textarea",
            run: "edit Called, and delivered the missing part.",
        },
        {
            content: "Close the loop",
            trigger: "button[name=action_done]",
            run: "click",
        },
        {
            content: "It is done",
            trigger: ".o_statusbar_status button[data-value=done].o_arrow_button_current",
        },
    ],
});
