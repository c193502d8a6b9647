import { registry } from "@web/core/registry";

/**
 * A salesman loses a deal: the dialog says what the standard asks before he clicks, and what he
 * says is on the opportunity afterwards. The lead and the standard are made by the test.
 */
registry.category("web_tour.tours").add("standards_loss", {
    steps: () => [
        {
            content: "Lose the deal",
            trigger: ".o_statusbar_buttons button:contains('Lost')",
            run: "click",
        },
        {
            content: "The dialog says what is asked",
            trigger: ".modal .alert:contains('fill in Lost Reason')",
        },
        {
            content: "Choose the reason",
            trigger: ".modal .o_field_widget[name=lost_reason_id] .o_selection_badge:contains('A rival was chosen')",
            run: "click",
        },
        {
            content: "Now the competitor is asked for",
            trigger: ".modal .alert:contains('fill in Lost to')",
        },
        {
            content: "Name him",
            trigger: ".modal .o_field_widget[name=lost_competitor_id] input",
            run: "edit Rival",
        },
        {
            trigger: ".ui-autocomplete a:contains('Rival Ltd')",
            run: "click",
        },
        {
            content: "Nothing is missing any more",
            trigger: ".modal:not(:has(.alert))",
        },
        {
            content: "Confirm",
            trigger: ".modal button[name=action_lost_reason_apply]",
            run: "click",
        },
        {
            content: "The opportunity says to whom it was lost",
            trigger: "body:not(:has(.modal)) .nav-link:contains('Loss')",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=lost_competitor_id]:visible",
        },
    ],
});
