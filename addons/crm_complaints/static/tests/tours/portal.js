import { registry } from "@web/core/registry";

/**
 * The customer on his phone: he finds his answered complaint, writes a message, and does not accept
 * the answer. The complaint is made by the test that runs the tour.
 */
registry.category("web_tour.tours").add("complaints_customer", {
    steps: () => [
        {
            content: "Search for the case",
            trigger: ".o_complaint_list a:contains('Own case')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The state is told in plain words",
            trigger: ".o_complaint_state:contains('We have answered')",
        },
        {
            content: "Write a message",
            trigger: ".o_complaint_message textarea",
            run: "edit When will it come?",
        },
        {
            content: "Send it",
            trigger: ".o_complaint_message button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is there",
            trigger: ".o_complaint_talk:contains('When will it come?')",
        },
        {
            content: "Say why the answer is not accepted",
            trigger: ".o_complaint_reply textarea",
            run: "edit The cup is still broken",
        },
        {
            content: "Contest it",
            trigger: ".o_complaint_reply button[value=contest]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The case is in work again",
            trigger: ".o_complaint_state:contains('We are working on your complaint')",
        },
    ],
});

/** Somebody without an account fills in the public form on his phone. */
registry.category("web_tour.tours").add("complaints_public_form", {
    steps: () => [
        {
            content: "What happened",
            trigger: "#complaint_description",
            run: "edit The cup came in two parts",
        },
        {
            content: "Where the answer goes",
            trigger: "#complaint_email",
            run: "edit nina@new.example.com",
        },
        {
            content: "Machines see a field that people do not",
            trigger: ".o_complaint_form:not(:has(#complaint_homepage:visible:not([tabindex='-1'])))",
        },
        {
            content: "Send it",
            trigger: ".o_complaint_form button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The number comes by mail",
            trigger: ".o_complaint_thanks:contains('Look into your mailbox')",
        },
    ],
});

/** A customer with an account hands in a complaint and lands on its page. */
registry.category("web_tour.tours").add("complaints_portal_form", {
    steps: () => [
        {
            content: "Start a new one",
            trigger: ".o_complaint_new",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "What it is about",
            trigger: "#complaint_name",
            run: "edit Broken cup",
        },
        {
            content: "What happened",
            trigger: "#complaint_description",
            run: "edit The cup came in two parts",
        },
        {
            content: "Send it",
            trigger: ".o_complaint_form button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is registered",
            trigger: ".alert-success:contains('Your complaint is registered')",
        },
    ],
});
