import { registry } from "@web/core/registry";

/**
 * A controller tries a draft on history and reads what its figures mean. The standard and the moves
 * are made by the test that runs the tour.
 */
registry.category("web_tour.tours").add("standards_try_on_history", {
    steps: () => [
        {
            content: "Try the draft",
            trigger: "button[name=action_try_on_history]",
            run: "click",
        },
        {
            content: "The period is asked; all rules are chosen",
            trigger: ".modal .o_field_widget[name=rule_ids] .o_tag:contains('No skipping')",
        },
        {
            trigger: ".modal footer button[name=action_run]",
            run: "click",
        },
        {
            content: "One sentence tells what it would have done",
            trigger: ".o_field_widget[name=summary]:contains('would have stopped 1 of')",
        },
        {
            content: "See them by team and person",
            trigger: "button[name=action_view_totals]",
            run: "click",
        },
        {
            content: "The meaning of the figures stands above them",
            trigger: ".o_graph_view p:contains('All findings are counted here')",
        },
        {
            trigger: ".o_switch_view.o_pivot",
            run: "click",
        },
        {
            trigger: ".o_pivot_view p:contains('All findings are counted here')",
        },
    ],
});
