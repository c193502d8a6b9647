import { registry } from "@web/core/registry";

/**
 * An employee opens his score down to the documents it was counted from. The score is made by the
 * test that runs the tour.
 */
registry.category("web_tour.tours").add("crm_kpi_explanation", {
    steps: () => [
        {
            content: "The own score is there",
            trigger: ".o_kpi_my_score article:contains('Toured Card') .o_kpi_gauge text:contains(50)",
        },
        {
            content: "Ask how it came about",
            trigger: ".o_kpi_my_score button:contains('How It Came About')",
            run: "click",
        },
        {
            content: "There is the score; open its line",
            trigger: ".o_field_widget[name=line_ids] .o_data_cell[name=name]:contains('Indicator sold')",
            run: "click",
        },
        {
            content: "The arithmetic is told",
            trigger: ".modal .o_field_widget[name=told]:contains('500 give 50 %')",
        },
        {
            content: "Open what was counted",
            trigger: ".modal button[name=action_open_documents]",
            run: "click",
        },
        {
            content: "It says how many of the documents one may see",
            trigger: ".o_breadcrumb:contains('1 of 1 visible to you')",
        },
        {
            content: "There is the opportunity",
            trigger: ".o_data_row:contains('Measured')",
        },
    ],
});
