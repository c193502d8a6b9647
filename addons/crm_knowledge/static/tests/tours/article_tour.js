import { registry } from "@web/core/registry";

const SAVE = ".o_form_button_save";

/** An author writes an article from the sections of its type and submits it. */
registry.category("web_tour.tours").add("crm_knowledge_write", {
    steps: () => [
        {
            content: "Begin an article",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "The sections of the type are there",
            trigger: ".o_field_widget[name=body] h2:contains('Answer')",
        },
        {
            content: "Give it a title",
            trigger: ".o_field_widget[name=name] textarea",
            run: "edit Tour Article",
        },
        {
            content: "Save it",
            trigger: SAVE,
            run: "click",
        },
        {
            content: "Submit it",
            trigger: "button[name=action_submit]:visible",
            run: "click",
        },
        {
            content: "It is in review, and stands still",
            trigger: ".o_arrow_button_current[data-value=in_review]",
        },
        {
            trigger: "button[name=action_take_back]",
        },
    ],
});

/** A reviewer publishes what was submitted. */
registry.category("web_tour.tours").add("crm_knowledge_publish", {
    steps: () => [
        {
            content: "Publish",
            trigger: "button[name=action_publish]",
            run: "click",
        },
        {
            content: "It is in force",
            trigger: ".o_arrow_button_current[data-value=published]",
        },
        {
            content: "As a version of its own",
            trigger: ".oe_stat_button [name=version]:contains('1')",
        },
    ],
});

/** Somebody else saves while the form is open: the save is refused, and the text stays. */
registry.category("web_tour.tours").add("crm_knowledge_two_writers", {
    steps: () => [
        {
            content: "Write another summary",
            trigger: ".o_field_widget[name=summary] textarea",
            run: "edit My own summary",
        },
        {
            content: "A colleague is faster",
            trigger: ".o_field_widget[name=summary] textarea",
            async run() {
                const id = Number(window.location.pathname.match(/\d+$/)[0]);
                await fetch("/web/dataset/call_kw", {
                    method: "POST",
                    headers: { "Content-Type": "application/json" },
                    body: JSON.stringify({
                        jsonrpc: "2.0",
                        method: "call",
                        params: {
                            model: "crm.knowledge.article",
                            method: "write",
                            args: [[id], { summary: "The colleague's summary" }],
                            kwargs: {},
                        },
                    }),
                });
            },
        },
        {
            content: "Save",
            trigger: SAVE,
            run: "click",
        },
        {
            content: "The save is refused with a name",
            trigger: ".modal:contains('has changed the text')",
        },
        {
            content: "Go on",
            trigger: ".modal-footer button:first",
            run: "click",
        },
        {
            content: "The text is still there",
            trigger: ".o_field_widget[name=summary] textarea:value('My own summary')",
        },
        {
            content: "Discard it",
            trigger: ".o_form_button_cancel",
            run: "click",
        },
        {
            content: "The colleague's is kept",
            trigger: ".o_field_widget[name=summary] textarea:value('The colleague's summary')",
        },
    ],
});
