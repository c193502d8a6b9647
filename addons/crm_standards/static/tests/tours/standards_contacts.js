import { registry } from "@web/core/registry";

/**
 * A salesman finds the customer who waits for a contact, sees the intensity at a glance, and is
 * warned before he bothers another one. Customers and norm are made by the test.
 */
registry.category("web_tour.tours").add("standards_contacts", {
    steps: () => [
        {
            content: "The customer who was forgotten is in the list",
            trigger: ".o_data_row:contains('Forgotten Ltd') .badge:contains('Too few')",
        },
        {
            content: "The one who was contacted enough is not",
            trigger: ".o_list_view:not(:has(.o_data_row:contains('Customer Ltd')))",
        },
        {
            content: "Open him",
            trigger: ".o_data_row:contains('Forgotten Ltd') td[name=display_name]",
            run: "click",
        },
        {
            content: "The glance says what is asked",
            trigger: ".o_contact_glance[data-state=too_few]:contains('No contact yet')",
        },
    ],
});
