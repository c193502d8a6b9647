import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const open = (page) => `.o_notebook .nav-link:contains('${page}')`;

/** A controller starts a new version of an approved standard, changes it, sends it to review. */
tours.add("standards_register_write", {
    steps: () => [
        {
            content: "The approved text cannot be edited",
            trigger: ".alert:contains('changed by a new version only')",
        },
        {
            content: "Start a new version",
            trigger: "button[name=action_new_version]:contains('New Version')",
            run: "click",
        },
        {
            content: "The draft says what it is",
            trigger: ".alert:contains('draft of a new version')",
        },
        {
            content: "Give it another name",
            trigger: ".o_field_widget[name=name] textarea, .o_field_widget[name=name] input",
            run: "edit House rules, better",
        },
        {
            content: "Send it to review",
            trigger: "button[name=action_send_to_review]",
            run: "click",
        },
        {
            content: "The version is in review",
            trigger: ".o_arrow_button_current:contains('In Review')",
        },
        { trigger: open("What Changed"), run: "click" },
        {
            content: "What changed is shown word by word",
            trigger: ".o_standard_changes ins:contains('better')",
        },
    ],
});

/** The approver approves. */
tours.add("standards_register_approve", {
    steps: () => [
        {
            content: "The version waits for the approver",
            trigger: "button[name=action_approve]",
            run: "click",
        },
        { trigger: ".o_arrow_button_current:contains('Approved')" },
    ],
});

/** The controller puts the version in force. */
tours.add("standards_register_put_in_force", {
    steps: () => [
        {
            trigger: "button[name=action_put_in_force]",
            run: "click",
        },
        { trigger: ".o_arrow_button_current:contains('In Force')" },
    ],
});

/** An employee finds the version among what he has to read, reads it, and says so. */
tours.add("standards_register_read", {
    steps: () => [
        {
            content: "It waits to be read",
            trigger: ".o_kanban_record:contains('House rules, better')",
            run: "click",
        },
        {
            content: "The text is there",
            trigger: ".o_standard_document:contains('Answer within a day')",
        },
        {
            content: "Confirm",
            trigger: ".o_statusbar_buttons button[name=action_acknowledge]",
            run: "click",
        },
        { trigger: ".o_arrow_button_current:contains('Read')" },
    ],
});
