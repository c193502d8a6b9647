import { registry } from "@web/core/registry";

/**
 * A controller's five minutes: he confirms one violation in the list, excuses two at once with a
 * ground, and looks at what the employee said. Violations and grounds are made by the test that runs
 * the tour.
 */
registry.category("web_tour.tours").add("standards_controller_day", {
    steps: () => [
        {
            content: "What is new stands rule by rule",
            trigger: ".o_group_header:contains('Know the money')",
        },
        {
            content: "The employee has said what happened",
            trigger: ".o_data_row:contains('Deal One'):contains('The customer was in a hurry')",
        },
        {
            content: "Confirm it where it stands",
            trigger: ".o_data_row:contains('Deal One') button[name=action_confirm]",
            run: "click",
        },
        {
            content: "It is open no more",
            trigger: ".o_list_view:not(:has(.o_data_row:contains('Deal One')))",
        },
        {
            content: "Choose the others",
            trigger: ".o_data_row:contains('Deal Two') .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains('Deal Three') .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Decide about both",
            trigger: ".o_control_panel button:contains('Decide')",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason_id] input",
            run: "edit Illness",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains('Illness or leave')",
            run: "click",
        },
        {
            trigger: ".modal .modal-footer button[name=action_decide]",
            run: "click",
        },
        {
            content: "Nothing is left for today",
            trigger: ".o_view_nocontent_smiling_face:contains('Nothing new since yesterday')",
        },
    ],
});

/** An employee declines what is assigned to him and says why. */
registry.category("web_tour.tours").add("standards_assignment_declined", {
    steps: () => [
        {
            trigger: ".o_kanban_record:contains('Send the samples') a[name=action_decline]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit I am in court that day",
        },
        {
            trigger: ".modal-footer button:contains('Decline')",
            run: "click",
        },
        {
            content: "It is off his table",
            trigger: ".o_kanban_view:not(:has(.o_kanban_record:contains('Send the samples')))",
        },
    ],
});
