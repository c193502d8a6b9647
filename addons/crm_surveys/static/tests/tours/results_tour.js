import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("crm_surveys_results", {
    steps: () => [
        { content: "the figure is there", trigger: ".o_results_value:contains(100)" },
        { content: "the trend is drawn", trigger: ".o_results_trend canvas" },
        {
            content: "the leader looks at one employee",
            trigger: ".o_results_table[data-table='user'] button:contains(Emil Employee)",
            run: "click",
        },
        { trigger: "select[data-dimension='user'].border-primary" },
        {
            content: "and takes the filter away",
            trigger: "select[data-dimension='user']",
            run: "select ",
        },
        { trigger: "select[data-dimension='user']:not(.border-primary)" },
        {
            content: "the leader looks at those who named one reason",
            trigger: ".o_results_reasons button:contains(Price)",
            run: "click",
        },
        { trigger: "select[data-dimension='reason'].border-primary" },
        {
            content: "and at all again",
            trigger: ".o_results_reasons button[aria-pressed='true']:contains(Price)",
            run: "click",
        },
        { trigger: ".o_results_page:not(:has(select[data-dimension='reason']))" },
        {
            content: "satisfaction instead of recommendation",
            trigger: "button[data-metric='csat']",
            run: "click",
        },
        { trigger: "button[data-metric='csat'].active" },
        { content: "too few said so", trigger: ".o_results_few" },
        { trigger: "button[data-metric='nps']", run: "click" },
        {
            content: "the answers behind the figure",
            trigger: ".o_results_total button:contains(All answers)",
            run: "click",
        },
        { trigger: ".o_list_view .o_data_row" },
    ],
});
