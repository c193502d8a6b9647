import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("crm_kpi_my_score", {
    url: "/odoo/my-score",
    steps: () => [
        { content: "the own score is drawn", trigger: ".o_kpi_gauge text:contains(80)" },
        { content: "and what it brings", trigger: "[data-tile='bonus']:contains(100)" },
        { content: "and what would bring more", trigger: ".list-group-item:contains(200)" },
        { content: "line by line", trigger: ".o_kpi_lines tbody tr:contains(80)" },
        { content: "and over time", trigger: ".o_kpi_chart canvas" },
        {
            content: "the period before",
            trigger: "button[aria-label='Period before']",
            run: "click",
        },
        { trigger: "button[aria-label='Period after']:enabled" },
    ],
});

registry.category("web_tour.tours").add("crm_kpi_board", {
    url: "/odoo/kpi-board",
    steps: () => [
        { content: "the company", trigger: "[data-tile='mean']:contains(50)" },
        { content: "who is red", trigger: "[data-tile='red']:contains(1)" },
        {
            content: "down to a person's rows",
            trigger: ".o_kpi_board tbody tr:first-child button",
            run: "click",
        },
        { trigger: ".o_list_view .o_data_row" },
    ],
});

registry.category("web_tour.tours").add("crm_kpi_five_minutes", {
    url: "/odoo/five-minutes",
    steps: () => [
        { content: "one thing to read", trigger: "[data-tile='total']:contains(1)" },
        {
            content: "it is looked into",
            trigger: ".o_kpi_incident .btn-secondary",
            run: "click",
        },
        {
            content: "the cause is noted",
            trigger: ".o_form_view [name='cause'] textarea",
            run: "edit The fair brought all of them at once",
        },
        { content: "and it is closed", trigger: "button[name='action_close']", run: "click" },
        { trigger: ".o_arrow_button_current:contains(Closed)" },
    ],
});

registry.category("web_tour.tours").add("crm_kpi_director", {
    url: "/odoo/five-minutes",
    steps: () => [
        { content: "one thing to read", trigger: "[data-tile='total']:contains(1)" },
        { content: "whose it is", trigger: ".o_kpi_incident:contains('Emil Employee')" },
        {
            content: "down to the rows",
            trigger: ".o_kpi_incident .btn-link",
            run: "click",
        },
        { content: "there they are", trigger: ".o_list_view .o_data_row" },
        {
            content: "back to the page",
            trigger: ".breadcrumb-item:contains('Five Minutes') a, .o_back_button",
            run: "click",
        },
        { content: "the leader has it", trigger: ".o_kpi_incident:contains('Lena Leader')" },
        { trigger: ".o_kpi_incident .btn-secondary", run: "click" },
        { content: "the director takes it", trigger: "button[name='action_take']", run: "click" },
        {
            content: "it is the director's now",
            trigger: ".o_field_widget[name='owner_id'] input:value(Mara Manager)",
        },
    ],
});

registry.category("web_tour.tours").add("crm_kpi_forecast", {
    url: "/odoo/kpi-forecast",
    steps: () => [
        { content: "what is to be expected", trigger: "[data-tile='plan']:contains(100,000)" },
        { content: "step by step", trigger: ".o_kpi_step .o_kpi_bar" },
    ],
});
