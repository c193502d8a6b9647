import { registry } from "@web/core/registry";

/**
 * An employee without rights on complaints writes one down while the customer talks: his number,
 * what he wants, what happened. After the dialog is open, only the keyboard is used.
 */
registry.category("web_tour.tours").add("complaints_phone", {
    steps: () => [
        {
            content: "The entry stands in one's own menu",
            trigger: ".o_user_menu button",
            run: "click",
        },
        {
            trigger: ".o-dropdown--menu [data-menu=crm_complaint]",
            run: "click",
        },
        {
            content: "The cursor waits for who is on the phone: his number is enough",
            trigger: ".modal div[name=partner_id] input:focus",
            run: "edit 30 123456",
        },
        {
            trigger: ".modal div[name=partner_id] .o-autocomplete--dropdown-item:contains('Carla')",
        },
        {
            trigger: ".modal div[name=partner_id] input",
            run: "press Enter",
        },
        {
            content: "What he can be reached by is there",
            trigger: ".modal div[name=email_from] input:value(carla@customer.example.com)",
        },
        {
            trigger: ".modal div[name=substance] textarea",
            run: "edit Nobody calls me back",
        },
        {
            content: "Register by key",
            trigger: ".modal div[name=substance] textarea",
            run: "press alt+q",
        },
        {
            content: "The number is told",
            trigger: ".o_notification:contains('is registered')",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ],
});
