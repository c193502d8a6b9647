import { registry } from "@web/core/registry";

/**
 * A salesman has left. His leader finds the work listed, chooses a colleague and offers it; the
 * colleague accepts; a controller later takes work back. People and work are made by the tests.
 */
registry.category("web_tour.tours").add("standards_handover_offer", {
    steps: () => [
        {
            content: "The work of who has left waits in the list",
            trigger: ".o_list_view .o_data_row:contains('Sam Seller') td[name=reason]",
            run: "click",
        },
        {
            content: "Everything is listed, nobody has it yet",
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains('Big Deal')",
        },
        {
            content: "Choose who takes it",
            trigger: ".o_field_widget[name=receiver_ids] input",
            run: "edit Cora",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains('Cora Colleague')",
            run: "click",
        },
        {
            content: "Look who would get what",
            trigger: "button[name=action_preview]:contains('Look Again')",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains('Cora Colleague')",
        },
        {
            content: "Offer it",
            trigger: "button[name=action_offer]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains('Offered')",
        },
    ],
});

registry.category("web_tour.tours").add("standards_handover_accept", {
    steps: () => [
        {
            content: "What is offered says what it is",
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains('Big Deal')",
        },
        {
            trigger: "button[name=action_accept]",
            run: "click",
        },
        {
            content: "It is mine now",
            trigger: ".o_arrow_button_current:contains('Done')",
        },
        {
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains('Moved')",
        },
    ],
});

registry.category("web_tour.tours").add("standards_handover_take_back", {
    steps: () => [
        {
            trigger: "button[name=action_take_back]",
            run: "click",
        },
        {
            content: "Asked whether it is meant",
            trigger: ".modal-footer button.btn-primary",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains('Taken Back')",
        },
        {
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains('Taken Back')",
        },
    ],
});
