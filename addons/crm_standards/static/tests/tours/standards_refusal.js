import { registry } from "@web/core/registry";

/** Somebody who was asked for an exception refuses it, and is not let go without a reason. */
registry.category("web_tour.tours").add("standards_refusal_decide", {
    steps: () => [
        {
            trigger: "button[name=action_open_decision]:contains('Refuse')",
            run: "click",
        },
        {
            content: "Nothing is written yet",
            trigger: ".modal .modal-footer button[name=action_decide]",
            run: "click",
        },
        {
            content: "The dialog asks why",
            trigger: ".modal .o_field_invalid[name=reason]",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit Call him from the fair",
        },
        {
            trigger: ".modal .modal-footer button[name=action_decide]",
            run: "click",
        },
        {
            content: "It is decided, and says why",
            trigger: ".o_form_view .o_field_widget[name=decision_reason]:contains('Call him')",
        },
        {
            content: "There is nothing left to decide",
            trigger: ".o_form_view:not(:has(button[name=action_open_decision]))",
        },
    ],
});

/** The person who asked reads the reason where he works, and may ask anew. */
registry.category("web_tour.tours").add("standards_refusal_read", {
    steps: () => [
        {
            trigger: ".o_standard_readiness_override .badge.text-bg-danger:contains('Refused')",
        },
        {
            trigger: ".o_standard_readiness_override:contains('Call him from the fair')",
        },
        {
            trigger: ".o_standard_readiness_ask",
        },
    ],
});
