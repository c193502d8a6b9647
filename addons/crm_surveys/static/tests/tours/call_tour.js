import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("crm_surveys_call", {
    steps: () => [
        {
            content: "the first customer does not answer",
            trigger: ".o_calls_page h2:contains(Nora Noanswer)",
        },
        { trigger: ".o_calls_note", run: "edit rang for long" },
        { trigger: "button[data-outcome='no_answer']", run: "click" },
        { content: "another gave us a wrong number", trigger: "h2:contains(Rita Wrong)" },
        { trigger: "button[data-outcome='wrong_number']", run: "click" },
        {
            content: "what ends a call is asked back",
            trigger: ".modal .btn-primary:contains(Wrong number)",
            run: "click",
        },
        { content: "the next one answers", trigger: "h2:contains(Willa Willing)" },
        { trigger: ".o_calls_start", run: "click" },
        {
            content: "the questions stand beside the script",
            trigger: ":iframe button[value='start']:not(.disabled)",
            run: "click",
        },
        { trigger: ".o_calls_note", run: "edit wants an offer in May" },
        { trigger: ":iframe label.o_survey_choice_btn:contains(9)", run: "click" },
        { trigger: ":iframe button[value='finish']:not(.disabled)", run: "click" },
        { trigger: ":iframe .modal button:contains(Submit)", run: "click" },
        { content: "the call is done", trigger: ".o_calls_done" },
        { content: "what was noted is kept", trigger: "li:contains(wants an offer in May)" },
        { trigger: ".o_calls_next", run: "click" },
        { content: "nobody is left", trigger: ".o_view_nocontent:contains(Nobody is to be called now)" },
    ],
});
