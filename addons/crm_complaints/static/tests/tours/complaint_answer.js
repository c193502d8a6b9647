import { registry } from "@web/core/registry";

/**
 * A clerk sees what is due and by which article, logs a call, and sends the final answer: refused
 * while a part the law demands is missing, sent when it is confirmed. The complaint is made by the
 * test that runs the tour.
 */
registry.category("web_tour.tours").add("complaint_answer", {
    steps: () => [
        {
            content: "The form counts down to what is due first",
            trigger: "div[name=countdown]:contains('Acknowledgement')",
        },
        {
            content: "Log a call",
            trigger: "button:contains('Log a Call')",
            run: "click",
        },
        {
            content: "Say what was said",
            trigger: ".modal [name=note] textarea",
            run: "edit Told her that we look into it",
        },
        {
            content: "Log it",
            trigger: ".modal button[name=action_log]",
            run: "click",
        },
        {
            content: "The call is on record",
            trigger: ".o-mail-Message:contains('Told her that we look into it')",
        },
        {
            content: "What is due next is the law's, with its article",
            trigger: "div[name=countdown]:contains('art. 22')",
        },
        {
            content: "Send the final answer",
            trigger: "button[name=action_answer]",
            run: "click",
        },
        {
            content: "Decide",
            trigger: ".modal [name=outcome] input",
            run: "click",
        },
        {
            content: "For her",
            trigger: ".o_select_menu_item:contains('Upheld'):not(:contains('Partly'))",
            run: "click",
        },
        {
            content: "The decision is taken over",
            trigger: ".modal [name=outcome] input:value('Upheld')",
        },
        {
            content: "Write the answer",
            trigger: ".modal [name=body] .odoo-editor-editable",
            run: "editor We pay the price back.",
        },
        {
            content: "The answer stands there",
            trigger: ".modal [name=body]:contains('We pay the price back.')",
        },
        {
            content: "Try to send it",
            trigger: ".modal button[name=action_send]",
            run: "click",
        },
        {
            content: "The refusal names what is missing",
            trigger: ".modal:contains('The answer must contain: Decision on each demand')",
        },
        {
            content: "Close the refusal",
            trigger:
                ".modal:contains('The answer must contain') .modal-footer button.btn-primary",
            run: "click",
        },
        {
            content: "Go to the part that is missing",
            trigger: ".modal .o_data_row:contains('Decision on each demand') td[name=part_id]",
            run: "click",
        },
        {
            content: "Confirm that it is there",
            trigger: ".modal .o_selected_row td[name=is_confirmed] input:enabled",
            run: "click",
        },
        {
            content: "It is ticked",
            trigger: ".modal .o_selected_row td[name=is_confirmed] input:checked",
        },
        {
            content: "Send it",
            trigger: ".modal button[name=action_send]",
            run: "click",
        },
        {
            content: "The case is answered",
            trigger: ".o_arrow_button_current:contains('Answered')",
        },
    ],
});
