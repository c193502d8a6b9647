import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

/** A salesperson looks for an answer, finds none, and writes down the one that was given. */
registry.category("web_tour.tours").add("crm_knowledge_write_down", {
    steps: () => [
        {
            content: "Ask what fits",
            trigger: ".o_knowledge_answers_button",
            run: "click",
        },
        {
            content: "The record has asked by itself",
            trigger: ".o_knowledge_answer:contains('Returning a desk')",
        },
        {
            content: "Ask in other words",
            trigger: ".o_knowledge_answers_query",
            run: "edit zanzibarite",
        },
        {
            content: "Nothing fits",
            trigger: ".o_knowledge_answers:contains('Nothing in the knowledge base fits')",
        },
        {
            content: "Write the answer down",
            trigger: ".o_knowledge_answers_capture",
            run: "click",
        },
        {
            content: "Who has asked is not in it",
            trigger: ".modal .o_field_widget[name=line_ids]:contains('Kim')",
        },
        {
            content: "Say the answer",
            trigger: ".modal .o_field_widget[name=answer] textarea",
            run: "edit Zanzibarite is sent back in its box.",
        },
        {
            content: "Check",
            trigger: ".modal button[name=action_check]",
            run: "click",
        },
        {
            content: "Look through it and make an article",
            trigger: ".modal button[name=action_create_article]",
            run: "click",
        },
        {
            content: "It is with the reviewers",
            trigger: ".o_arrow_button_current[data-value=in_review]",
        },
    ],
});

/** Somebody asks in the command palette, and nothing is found. */
registry.category("web_tour.tours").add("crm_knowledge_palette_in_vain", {
    steps: () => [
        {
            content: "Note when a question is kept",
            trigger: ".o_knowledge_home",
            run: () =>
                rpcBus.addEventListener("RPC:RESPONSE", ({ detail }) => {
                    if (detail.data.params.method === "note_search") {
                        document.body.classList.add("crm_knowledge_asked");
                    }
                }),
        },
        {
            content: "Open the palette",
            trigger: ".o_knowledge_home",
            run: "press control+k",
        },
        {
            content: "Ask",
            trigger: ".o_command_palette_search input",
            run: "edit ?zanzibarite",
        },
        {
            content: "Nothing is found",
            trigger: ".o_command_palette:contains('No article found')",
        },
        {
            content: "The question is kept",
            trigger: "body.crm_knowledge_asked",
        },
    ],
});
