import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

/**
 * A salesman enters a customer: he is shown that somebody like this is known already, sees what the
 * card lacks, is refused when he saves all the same, fills it in and saves.
 */
registry.category("web_tour.tours").add("standards_new_customer", {
    steps: () => [
        {
            content: "A company",
            trigger: ".o_field_widget[name=company_type] input[data-value=company]",
            run: "click",
        },
        {
            content: "Its name",
            trigger: ".o_field_widget[name=name] textarea",
            run: "edit Nezabudka && press Tab",
        },
        {
            content: "An address that is known already",
            trigger: ".o_field_widget[name=email] input",
            run: "edit office@nezabudka.example.com && press Tab",
        },
        {
            content: "Somebody like this is known",
            trigger: ".o_standard_duplicate:contains('Known Customer'):contains('same e-mail')",
        },
        {
            content: "The card lacks half of what it should have",
            trigger: ".o_standard_completeness:contains('50 %'):contains('1 gap')",
        },
        {
            content: "Save all the same",
            trigger: ".o_form_button_save:not(:visible), .o_form_button_save",
            run: "click",
        },
        {
            content: "The refusal names the field and how it is written",
            trigger: ".modal-body:contains('Phone: fill it in'):contains('With the code')",
        },
        {
            trigger: ".modal-footer button.btn-primary",
            run: "click",
        },
        {
            content: "See what is missing",
            trigger: ".o_standard_completeness > button",
            run: "click",
        },
        {
            content: "Jump to it",
            trigger: ".o_standard_completeness [data-field=phone]",
            run: "click",
        },
        {
            content: "Fill it in",
            trigger: ".o_field_widget[name=phone] input:focus",
            run: "edit +1 650 555 0123 && press Tab",
        },
        {
            content: "The panel follows",
            trigger: ".o_standard_completeness:contains('Data complete')",
        },
        ...stepUtils.saveForm(),
    ],
});
