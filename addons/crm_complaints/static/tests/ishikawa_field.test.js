import { expect, test } from "@odoo/hoot";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

class Case extends models.Model {
    _name = "case";

    drawing = fields.Json();

    _records = [
        {
            id: 1,
            drawing: {
                width: 940,
                height: 240,
                lines: [{ x1: 10, y1: 120, x2: 750, y2: 120, kind: "spine" }],
                words: [
                    { x: 1, y: 2, text: "Wrong…", title: "Wrong <b>label", anchor: "end", kind: "confirmed" },
                    { x: 1, y: 9, text: "Rain", title: "Rain", anchor: "end", kind: "excluded" },
                ],
            },
        },
        { id: 2, drawing: false },
    ];
}

defineMailModels();
defineModels([Case]);

const arch = `<form><field name="drawing" widget="complaint_ishikawa"/></form>`;

test("the drawing shows its lines and words, and the whole words as titles", async () => {
    await mountView({ resModel: "case", resId: 1, type: "form", arch });

    expect(".o_complaint_ishikawa line.o_line_spine").toHaveCount(1);
    expect(".o_complaint_ishikawa text").toHaveCount(2);
    expect(".o_complaint_ishikawa text.o_word_confirmed title").toHaveText("Wrong <b>label");
    expect(".o_complaint_ishikawa text.o_word_excluded").toHaveCount(1);
});

test("without a drawing there is nothing", async () => {
    await mountView({ resModel: "case", resId: 2, type: "form", arch });

    expect(".o_complaint_ishikawa").toHaveCount(0);
});
