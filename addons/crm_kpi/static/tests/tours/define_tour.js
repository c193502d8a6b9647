import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const pick = (field, words) => [
    {
        content: `Look for ${words}`,
        trigger: `.o_field_widget[name=${field}] input`,
        run: `edit ${words}`,
    },
    {
        content: `Choose ${words}`,
        trigger: `.o-autocomplete--dropdown-item a:text(${words})`,
        run: "click",
    },
];
const write = (field, text) => ({
    content: `Write ${text}`,
    trigger: `.o_field_widget[name=${field}] input`,
    run: `edit ${text}`,
});

/**
 * A manager says what is measured, sees at once what it would count, makes an indicator of it, and
 * puts a target in force.
 */
registry.category("web_tour.tours").add("crm_kpi_define", {
    url: "/odoo/kpi-measures",
    steps: () => [
        { content: "A new measure", trigger: ".o_list_button_add", run: "click" },
        write("name", "Deals Toured"),
        write("code", "toured"),
        ...pick("model_id", "Lead"),
        {
            content: "What it would count is there before it is saved",
            trigger: ".o_field_widget[name=preview]:contains('Measured')",
        },
        ...stepUtils.saveForm(),
        { content: "Count it", trigger: "button[name=action_count]", run: "click" },
        { content: "It is counted", trigger: ".o_arrow_button_current:contains('Counted')" },
        {
            content: "Go to the indicators",
            trigger: "[data-menu-xmlid='crm_kpi.crm_kpi_config_menu']",
            run: "click",
        },
        { trigger: "[data-menu-xmlid='crm_kpi.crm_kpi_indicator_menu']", run: "click" },
        { trigger: ".o_last_breadcrumb_item:contains('Indicators')" },
        { content: "A new indicator", trigger: ".o_list_button_add", run: "click" },
        write("name", "Toured Indicator"),
        write("code", "toured_indicator"),
        ...pick("measure_id", "Deals Toured"),
        ...stepUtils.saveForm(),
        {
            content: "Its targets",
            trigger: "button[name=action_open_targets]",
            run: "click",
        },
        { trigger: ".o_last_breadcrumb_item:contains('Targets')" },
        { content: "A new target", trigger: ".o_list_button_add", run: "click" },
        ...pick("user_id", "Emil Employee"),
        write("target", "10"),
        ...stepUtils.saveForm(),
        {
            content: "From now on it holds",
            trigger: ".o_statusbar_buttons button[name=action_agree]",
            run: "click",
        },
        { content: "It does", trigger: ".o_arrow_button_current:contains('In Force')" },
    ],
});
