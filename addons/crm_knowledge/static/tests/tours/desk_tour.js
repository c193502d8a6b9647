import { registry } from "@web/core/registry";

/** An editor looks at everybody's piles and opens what waits for review. */
registry.category("web_tour.tours").add("crm_knowledge_desk", {
    steps: () => [
        {
            content: "Nothing of one's own waits",
            trigger: "[data-pile=review]:contains('Nothing waits here')",
        },
        {
            content: "Look at everybody's",
            trigger: ".o_knowledge_desk button[name=all]",
            run: "click",
        },
        {
            content: "Open what waits",
            trigger: "[data-pile=review] .list-group-item:contains('Quagga review')",
            run: "click",
        },
        {
            content: "It lies open",
            trigger: ".o_form_view .o_arrow_button_current[data-value=in_review]",
        },
    ],
});

/** An author is shown what says the same already. */
registry.category("web_tour.tours").add("crm_knowledge_similar", {
    steps: () => [
        {
            content: "Begin an article",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Give it a title that is there already",
            trigger: ".o_field_widget[name=name] textarea",
            run: "edit Returning quagga lamps",
        },
        {
            content: "Go on to the next field",
            trigger: ".o_field_widget[name=summary] textarea",
            run: "edit In a box",
        },
        {
            content: "What says the same is shown",
            trigger: ".o_knowledge_similar a:contains('Return of a quagga lamp')",
        },
        {
            content: "Leave it",
            trigger: ".o_form_button_cancel",
            run: "click",
        },
        {
            trigger: ".o_list_view",
        },
    ],
});
