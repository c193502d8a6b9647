import { registry } from "@web/core/registry";

/** A regulation is found from the home page, read, checked and confirmed. */
registry.category("web_tour.tours").add("crm_knowledge_read", {
    steps: () => [
        {
            content: "It says that there is something to read",
            trigger: ".o_knowledge_home [data-task=read]:contains('1')",
        },
        {
            content: "Ask in one's own words",
            trigger: ".o_knowledge_search input",
            run: "edit returning zanzibarite",
        },
        {
            content: "Open what was found",
            trigger: ".o_knowledge_hit:contains('Tour Regulation')",
            run: "click",
        },
        {
            content: "The list of contents leads to a section",
            trigger: ".o_knowledge_contents button:contains('How')",
            run: "click",
        },
        {
            content: "A wrong answer",
            trigger: ".o_knowledge_check label:contains('30')",
            run: "click",
        },
        {
            trigger: ".o_knowledge_check label:contains('I have read')",
            run: "click",
        },
        {
            trigger: ".o_knowledge_confirm:enabled",
            run: "click",
        },
        {
            content: "Is not taken",
            trigger: ".o_knowledge_check [role=alert]",
        },
        {
            trigger: ".o_knowledge_check label:contains('30')",
            run: "click",
        },
        {
            trigger: ".o_knowledge_check label:contains('14')",
            run: "click",
        },
        {
            trigger: ".o_knowledge_confirm:enabled",
            run: "click",
        },
        {
            content: "It is confirmed",
            trigger: ".o_knowledge_page footer:contains('You have confirmed this version')",
        },
        {
            content: "Keep it at hand",
            trigger: ".o_knowledge_favorite[aria-pressed=false]",
            run: "click",
        },
        {
            trigger: ".o_knowledge_favorite[aria-pressed=true]",
        },
    ],
});

/** A visitor asks, reads the answer and says that it has helped. */
registry.category("web_tour.tours").add("crm_knowledge_visit", {
    steps: () => [
        {
            content: "Ask",
            trigger: "input[name=search]",
            run: "edit zanzibarite",
        },
        {
            trigger: "form[role=search] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Read",
            trigger: ".o_knowledge_found a:contains('Tour Answer')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It has helped",
            trigger: "#opinion button[value=yes]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#opinion:contains('Thank you')",
        },
    ],
});

/** An editor sees whether the base is alive, and opens what a figure counts. */
registry.category("web_tour.tours").add("crm_knowledge_overview", {
    steps: () => [
        {
            content: "Open what is in force",
            trigger: ".o_knowledge_overview [data-tile=in_force]",
            run: "click",
        },
        {
            content: "The list of it",
            trigger: ".o_list_view .o_data_row:contains('Tour Answer')",
        },
    ],
});

/** Whoever has got an answer reads the page it links to. */
registry.category("web_tour.tours").add("crm_knowledge_linked", {
    steps: () => [
        {
            content: "Being there tells nothing yet; moving on the page does",
            trigger: ".o_knowledge_article[data-answer] h1",
            run: "click",
        },
        {
            trigger: ".o_knowledge_article:not([data-answer])",
        },
    ],
});

/** Ask from anywhere: Ctrl+K, a question mark, the question. */
registry.category("web_tour.tours").add("crm_knowledge_palette", {
    steps: () => [
        {
            trigger: ".o_knowledge_home",
            run: "press control+k",
        },
        {
            content: "Ask",
            trigger: ".o_command_palette_search input",
            run: "edit ?zanzibarite",
        },
        {
            content: "Open the answer",
            trigger: ".o_command:contains('Tour Answer')",
            run: "click",
        },
        {
            trigger: ".o_knowledge_page h1:contains('Tour Answer')",
        },
    ],
});
