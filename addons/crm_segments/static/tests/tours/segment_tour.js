import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("crm_segments_map_tour", {
    url: "/odoo/segment-map",
    steps: () => [
        { content: "the curve is drawn", trigger: ".o_segment_chart canvas[aria-label='Who brings how much']" },
        { content: "the best class has one customer", trigger: ".o_segment_tile[data-code=A] .h2:contains(/^1$/)" },
        { content: "open who is A and X", trigger: "[data-cell='A / X']", run: "click" },
        { content: "there he is", trigger: ".o_list_view .o_data_cell:contains(Evenly Large)" },
    ],
});

registry.category("web_tour.tours").add("crm_segments_method_tour", {
    url: "/odoo/segment-methods",
    steps: () => [
        { content: "a manager defines a method", trigger: ".o_list_button_add", run: "click" },
        { content: "names it", trigger: ".o_field_widget[name=name] input", run: "edit Tour of classes" },
        { content: "saves it", trigger: ".o_form_button_save", run: "click" },
        { content: "sees the preview", trigger: ".o_field_widget[name=preview] td:contains(Taken back)" },
        { content: "takes it into use", trigger: "button[name=action_start]", run: "click" },
        { content: "opens the customers", trigger: "button[name=action_view_members]", run: "click" },
        { content: "there is the class", trigger: ".o_list_view .o_group_name:contains(Tour of classes: A)" },
    ],
});
