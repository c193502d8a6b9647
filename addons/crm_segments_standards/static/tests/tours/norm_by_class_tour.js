import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("crm_segments_standards_norm_tour", {
    steps: () => [
        {
            content: "the norm is for all classes yet",
            trigger: ".o_field_widget[name=segment_ids] input[placeholder='All classes']",
            run: "edit Test of abc",
        },
        {
            content: "a controller chooses the best one",
            trigger: ".o-autocomplete--dropdown-item:contains('Test of abc: A')",
            run: "click",
        },
        { content: "it is a tag", trigger: ".o_field_widget[name=segment_ids] .o_tag:contains('Test of abc: A')" },
        { content: "saves", trigger: ".o_form_button_save", run: "click" },
        { content: "it is saved", trigger: ".o_form_saved" },
    ],
});
