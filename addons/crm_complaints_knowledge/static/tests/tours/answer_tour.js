import { registry } from "@web/core/registry";

/** A clerk finds the answer to a complaint, and sends it. */
registry.category("web_tour.tours").add("crm_complaints_knowledge_answer", {
    steps: () => [
        {
            content: "Ask what fits the complaint",
            trigger: ".o_knowledge_answers_button",
            run: "click",
        },
        {
            content: "Read the answer",
            trigger: ".o_knowledge_answer .btn-link:contains('Returning a lamp')",
            run: "click",
        },
        {
            content: "Its section is shown, filled in",
            trigger: ".o_knowledge_answer_text:contains('Dear Carla Customer')",
        },
        {
            content: "Answer with it",
            trigger:
                ".o_knowledge_answer:contains('Returning a lamp') .o_knowledge_answer_send",
            run: "click",
        },
        {
            content: "The message begins with the answer",
            trigger: ".modal .o_field_widget[name=body]:contains('Dear Carla Customer')",
        },
        {
            content: "Send it",
            trigger: ".modal button[name=action_send_mail]",
            run: "click",
        },
        {
            content: "It is sent",
            trigger: "body:not(:has(.modal)) .o-mail-Message:contains('Dear Carla Customer')",
        },
    ],
});

/** The same on a telephone: the button is in a menu that goes away, the answers stay. */
registry.category("web_tour.tours").add("crm_complaints_knowledge_telephone", {
    steps: () => [
        {
            content: "Open the menu of buttons",
            trigger: ".o-form-buttonbox .o_button_more",
            run: "click",
        },
        {
            content: "Ask what fits the complaint",
            trigger: ".o_knowledge_answers_button",
            run: "click",
        },
        {
            content: "Answer with it",
            trigger:
                ".o_knowledge_answer:contains('Returning a lamp') .o_knowledge_answer_send",
            run: "click",
        },
        {
            content: "The message begins with the answer",
            trigger: ".modal .o_field_widget[name=body]:contains('Dear Carla Customer')",
        },
        {
            content: "Not now",
            trigger: ".modal .btn-close, .modal .oi-arrow-left",
            run: "click",
        },
        {
            content: "The answers are still there, and go when one has read them",
            trigger: ".o_knowledge_answers_close",
            run: "click",
        },
        {
            trigger: "body:not(:has(.o_knowledge_answers))",
        },
    ],
});
