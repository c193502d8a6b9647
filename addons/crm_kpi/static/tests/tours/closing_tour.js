import { registry } from "@web/core/registry";

/**
 * A manager closes a period of a scorecard, and verifies that nothing was changed since.
 */
registry.category("web_tour.tours").add("crm_kpi_closing", {
    steps: () => [
        {
            content: "Open the scorecard",
            trigger: ".o_data_cell[name=name]:contains('Toured Card')",
            run: "click",
        },
        {
            content: "Close the last period",
            trigger: "button[name=action_close]",
            run: "click",
        },
        {
            content: "Say yes: it is for ever",
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "The result is there",
            trigger: ".o_field_widget[name=result_ids] .o_data_row:contains('Emil Employee')",
        },
        {
            content: "Count the digest anew",
            trigger: "button[name=action_verify]",
            run: "click",
        },
        {
            content: "It is the same",
            trigger: ".o_notification:contains('Nothing has been changed')",
        },
    ],
});
