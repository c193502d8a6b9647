import { registry } from "@web/core/registry";

/**
 * A marketer opens a trigger, sees what it would have done, narrows it, and starts it. The trigger
 * and its documents are made by the test that runs the tour.
 */
registry.category("web_tour.tours").add("crm_surveys_trigger", {
    steps: () => [
        {
            content: "Open the trigger",
            trigger: ".o_data_cell[name=name]:contains('Tour Trigger')",
            run: "click",
        },
        {
            content: "It says what it would have done, and why not",
            trigger: ".o_field_widget[name=preview]:contains('invited 2 of 3'):contains('No address: 1')",
        },
        {
            content: "Draw nobody",
            trigger: ".o_field_widget[name=sample_percent] input",
            run: "edit 0 && press Tab",
        },
        {
            content: "The preview follows while it is being set",
            trigger: ".o_field_widget[name=preview]:contains('invited 0 of 3'):contains('Not drawn')",
        },
        {
            content: "Ask everybody after all",
            trigger: ".o_field_widget[name=sample_percent] input",
            run: "edit 100 && press Tab",
        },
        {
            content: "The preview is back",
            trigger: ".o_field_widget[name=preview]:contains('invited 2 of 3')",
        },
        {
            content: "Start it",
            trigger: "button[name=action_start]",
            run: "click",
        },
        {
            content: "It runs",
            trigger: ".o_statusbar_status button[data-value=running].o_arrow_button_current",
        },
    ],
});
