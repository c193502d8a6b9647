import { registry } from "@web/core/registry";

/**
 * A salesman is told what is missing, is refused when he clicks all the same, fills it in and moves
 * on. The lead, its stages and the standard are made by the test that runs the tour.
 */
registry.category("web_tour.tours").add("standards_salesman_day", {
    steps: () => [
        {
            content: "The panel says what the next stage asks",
            trigger: ".o_standard_readiness_next:contains('Qualified (S)') [data-field=expected_revenue]",
        },
        {
            content: "Click the stage all the same",
            trigger: ".o_statusbar_status button:contains('Qualified (S)')",
            run: "click",
        },
        {
            content: "The refusal names the rule and what is missing",
            trigger: ".modal-body:contains('Know the money'):contains('Expected Revenue')",
        },
        {
            content: "Close it",
            trigger: ".modal-footer button.btn-primary",
            run: "click",
        },
        {
            content: "The bar shows where the lead really is",
            trigger: ".o_arrow_button_current:contains('New (S)')",
        },
        {
            content: "Jump to the missing field",
            trigger: "[data-field=expected_revenue]",
            run: "click",
        },
        {
            content: "Fill it in",
            trigger: ".o_field_widget[name=expected_revenue] input:focus",
            run: "edit 500 && press Tab",
        },
        {
            content: "The panel follows while one types",
            trigger: ".o_standard_readiness_next:contains('Ready for Qualified (S)')",
        },
        {
            content: "Now the way is open",
            trigger: ".o_statusbar_status button:contains('Qualified (S)')",
            run: "click",
        },
        {
            content: "The lead has moved",
            trigger: ".o_form_saved .o_arrow_button_current:contains('Qualified (S)')",
        },
        {
            content: "Ask what another stage asks",
            trigger: ".o_standard_readiness_others button:contains('Won (S)')",
            run: "click",
        },
        {
            content: "Tick a step of the checklist there",
            trigger: ".o_standard_readiness_open .o_standard_readiness_step:contains('Budget') input",
            run: "click",
        },
        {
            content: "The server has it",
            trigger: ".o_standard_readiness_open .o_standard_readiness_step input:checked",
        },
        {
            content: "What cannot be done needs an exception",
            trigger: ".o_standard_readiness_open li:contains('Signed') .o_standard_readiness_ask",
            run: "click",
        },
        {
            content: "Somebody else wants to know why",
            trigger: ".o_dialog textarea",
            run: "edit The customer signs at the fair",
        },
        {
            trigger: ".o_dialog .btn-primary:enabled",
            run: "click",
        },
        {
            content: "It waits for the owner of the standard",
            trigger:
                ".o_standard_readiness_open .o_standard_readiness_override:contains('Waiting'):contains('Carl Controller')",
        },
        {
            content: "Nothing is left unsaved",
            trigger: ".o_form_saved",
        },
    ],
});
