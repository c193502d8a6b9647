import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("crm_surveys_customer", {
    steps: () => [
        {
            content: "the score clicked in the mail is chosen",
            trigger: ".o_crm_survey_score:has(input[value='9']:checked)",
        },
        {
            content: "the customer thinks better of it",
            trigger: ".o_crm_survey_score label:contains(10)",
            run: "click",
        },
        {
            trigger: ".o_crm_survey_score:has(input[value='10']:checked) button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the survey goes on with the next question",
            trigger: "div.js_question-wrapper:contains(Were we fast) label:contains(4)",
            run: "click",
        },
        { trigger: "button[value='next']:not(.disabled)", run: "click" },
        {
            trigger: "div.js_question-wrapper:contains(What else) textarea",
            run: "edit All was well",
        },
        { trigger: "button[value='finish']:not(.disabled)", run: "click" },
        { trigger: ".modal button:contains(Submit)", run: "click" },
        { content: "thanks", trigger: ".o_survey_finished" },
    ],
});
