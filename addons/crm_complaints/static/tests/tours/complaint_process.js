import { registry } from "@web/core/registry";

/** Somebody in a department accepts what was handed over, ticks what is asked, and finishes it. */
registry.category("web_tour.tours").add("complaint_task_department", {
    steps: () => [
        {
            content: "Accept on the card",
            trigger: ".o_kanban_record:contains('Hold the Carrier Liable') a[name=action_accept]",
            run: "click",
        },
        {
            content: "The card says what is missing; open it",
            trigger: ".o_kanban_record:contains('To do: The notice went out') span:contains('Hold')",
            run: "click",
        },
        {
            content: "The complaint can be read here",
            trigger: ".o_form_view .alert:contains('The notice went out')",
        },
        {
            content: "Tick the checklist",
            trigger: "div[name=check_ids] .o_data_row .o_boolean_toggle input",
            run: "click",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save:visible",
            run: "click",
        },
        {
            content: "Finish",
            trigger: ".o_form_saved button[name=action_finish]",
            run: "click",
        },
        {
            content: "Say with what result",
            trigger: ".modal div[name=result] textarea",
            run: "edit The carrier pays",
        },
        {
            content: "Finish",
            trigger: ".modal-footer button[name=action_do]:visible",
            run: "click",
        },
        {
            content: "It is done",
            trigger: ".o_form_view:not(:has(.modal)) .o_arrow_button_current:contains('Done')",
        },
    ],
});

/** The controller reads the result and agrees; the case goes on by itself. */
registry.category("web_tour.tours").add("complaint_task_controller", {
    steps: () => [
        {
            content: "Open what is done",
            trigger: ".o_kanban_record:contains('Hold the Carrier Liable') span:contains('Hold')",
            run: "click",
        },
        {
            content: "Read the result",
            trigger: ".o_form_view div[name=result]:contains('The carrier pays')",
        },
        {
            content: "Agree",
            trigger: "button[name=action_check]",
            run: "click",
        },
        {
            content: "It is checked",
            trigger: ".o_arrow_button_current:contains('Checked')",
        },
    ],
});

/** The clerk sees what is under way, cannot go past it, and leaves the process with a reason. */
registry.category("web_tour.tours").add("complaint_process_clerk", {
    steps: () => [
        {
            content: "The form says what is under way and in whose hands",
            trigger: "div[name=process_hint]:contains('Answer the Customer: Accepted, Clara Clerk')",
        },
        {
            content: "Look at the process",
            trigger: ".o_notebook .nav-link[name=process]",
            run: "click",
        },
        {
            content: "The map shows where the case stands",
            trigger: ".o_complaint_process_working:contains('Answer the Customer')",
        },
        {
            content: "What is seldom done stands under More",
            trigger: ".o_complaint_more",
            run: "click",
        },
        {
            content: "Leave the process",
            trigger: ".o-dropdown--menu button[name=action_deviate]",
            run: "click",
        },
        {
            content: "Choose where to",
            trigger: ".modal div[name=stage_id] input",
            run: "edit External",
        },
        {
            content: "External dispute",
            trigger: ".o-autocomplete--dropdown-item:contains('External Dispute')",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal div[name=reason] textarea",
            run: "edit The customer has sued",
        },
        {
            content: "Do it",
            trigger: ".modal-footer button[name=action_do]",
            run: "click",
        },
        {
            content: "It is on record",
            trigger: "div[name=deviation_ids] .o_data_row:contains('The customer has sued')",
        },
    ],
});
