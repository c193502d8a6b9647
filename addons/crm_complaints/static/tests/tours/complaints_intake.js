import { registry } from "@web/core/registry";

/** A manager is told of a mail in quarantine, reads why it waits, and makes a complaint of it. */
registry.category("web_tour.tours").add("complaints_quarantine", {
    steps: () => [
        {
            content: "The number of waiting mails stands above",
            trigger: ".o_complaints_quarantine .badge:contains('1')",
        },
        {
            trigger: ".o_complaints_quarantine button",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains('Damaged boxes') td[name=name]",
            run: "click",
        },
        {
            content: "It says why it waits",
            trigger: ".o_form_view .alert:contains('Sent by a machine')",
        },
        {
            trigger: "button[name=action_register]",
            run: "click",
        },
        {
            content: "The complaint is open, with the mail in its conversation",
            trigger: ".o_form_view:has(.o_field_widget[name=stage_id]) .o-mail-Message:contains('Carla Customer')",
        },
    ],
});

/** A salesman makes a complaint of a message in the chatter of his opportunity. */
registry.category("web_tour.tours").add("complaints_message", {
    steps: () => [
        {
            content: "Point at the message",
            trigger: ".o-mail-Message:contains('Carla Customer')",
            run: "hover && click .o-mail-Message-actions button[title='Expand']",
        },
        {
            trigger: ".o-dropdown-item:contains('Make a Complaint')",
            run: "click",
        },
        {
            trigger: ".o_notification:contains('is registered')",
        },
        {
            content: "The conversation tells of it",
            trigger: ".o-mail-Message:contains('was made of a message here')",
        },
    ],
});
