import { registry } from "@web/core/registry";

/**
 * A clerk writes down what a colleague has written down already: he sees it while he types, says
 * that a third complaint is another one, and merges the two. Complaints are made by the test.
 */
registry.category("web_tour.tours").add("complaints_triage", {
    steps: () => [
        {
            content: "Nobody has compared it yet",
            trigger: ".o_complaint_similar_one:contains('Espresso machine leaks')",
        },
        {
            content: "The third is not the same",
            trigger:
                ".o_complaint_similar_one:contains('Espresso machine is too hot') .o_complaint_similar_different",
            run: "click",
        },
        {
            content: "It is not shown any more",
            trigger: ".o_complaint_similar:not(:contains('too hot'))",
        },
        {
            content: "The other is the same case",
            trigger:
                ".o_complaint_similar_one:contains('Espresso machine leaks') .o_complaint_similar_duplicate",
            run: "click",
        },
        {
            content: "The form says which one goes on",
            trigger: ".modal div[name=survivor_id]:contains('Espresso machine leaks')",
        },
        {
            trigger: ".modal button[name=action_merge]",
            run: "click",
        },
        {
            content: "The first one is open, and names what was merged into it",
            trigger: ".o_last_breadcrumb_item:contains('Espresso machine leaks')",
        },
        {
            trigger: ".o_notebook_headers a[name=related]",
            run: "click",
        },
        {
            trigger: "div[name=merged_ids] .o_data_row:contains('Water under the machine')",
        },
    ],
});

/** A clerk types on a new form and is shown what is known already. */
registry.category("web_tour.tours").add("complaints_similar_typing", {
    steps: () => [
        {
            trigger: "div[name=name] textarea",
            run: "edit Espresso machine leaks water",
        },
        {
            trigger: "div[name=partner_id] input",
            run: "edit Carla",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains('Carla Customer')",
            run: "click",
        },
        {
            content: "It is known before anything is saved",
            trigger: ".o_complaint_similar_one:contains('Espresso machine leaks')",
        },
        {
            content: "It is the same trouble again: the complaint is saved and linked",
            trigger: ".o_complaint_similar_repeat",
            run: "click",
        },
        {
            trigger: ".o_form_saved:not(:has(.o_complaint_similar_one))",
        },
    ],
});
