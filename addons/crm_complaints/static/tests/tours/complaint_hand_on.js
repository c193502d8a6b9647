import { registry } from "@web/core/registry";

/** A clerk hands his case to a team he is not in: he is told, and is back among his cases. */
registry.category("web_tour.tours").add("complaint_hand_on", {
    steps: () => [
        {
            trigger: ".o_kanban_record:contains('Given away') span:contains('Given away')",
            run: "click",
        },
        {
            content: "Scroll there first: scrolling closes what was opened",
            trigger: ".o_notebook .nav-link[name=process]",
            run: "click",
        },
        {
            trigger: "div[name=team_id] input",
            run: "edit Other Desk",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains('Other Desk')",
            run: "click",
        },
        {
            trigger: "div[name=user_id] input",
            run: "edit Colin",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains('Colin Colleague')",
            run: "click",
        },
        {
            trigger: ".o_form_button_save:visible",
            run: "click",
        },
        {
            trigger: ".o_notification:contains('Saved and handed on')",
        },
        {
            trigger: ".o_kanban_view:not(:has(.o_kanban_record:contains('Given away')))",
        },
    ],
});
