import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("crm_complaints_overview", {
    url: "/odoo/complaints-overview",
    steps: () => [
        { content: "figures are there", trigger: ".o_complaint_tile[data-tile='open']:contains(3)" },
        { content: "charts are drawn", trigger: ".o_complaint_chart canvas" },
        {
            content: "a longer period",
            trigger: ".o_complaint_overview .btn-group button:last-child",
            run: "click",
        },
        { trigger: ".o_complaint_overview .btn-group button:last-child.active" },
        {
            content: "a figure opens its complaints",
            trigger: ".o_complaint_tile[data-tile='open']",
            run: "click",
        },
        { trigger: ".o_list_view .o_data_row:nth-child(3)" },
    ],
});
