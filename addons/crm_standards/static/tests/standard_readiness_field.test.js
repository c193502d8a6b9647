import { expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { contains, defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { isFilled } from "@crm_standards/readiness/standard_readiness_field";

const need = (rule, strength, names, values = {}) => ({
    rule,
    standard: "House rules",
    strength,
    text: `${rule}: text`,
    hint: "",
    is_path: false,
    fields: names.map((name) => ({ name, label: name.toUpperCase(), is_filled: false })),
    ...values,
});

class Deal extends models.Model {
    _name = "deal";

    name = fields.Char();
    revenue = fields.Float();
    readiness = fields.Json();

    _records = [
        {
            id: 1,
            name: "Deal",
            revenue: 0,
            readiness: {
                lacking: [],
                ways: [
                    {
                        id: 2,
                        name: "Qualified",
                        light: "blocked",
                        is_next: true,
                        needs: [need("Know the money", "block", ["revenue"])],
                    },
                    {
                        id: 3,
                        name: "Won",
                        light: "recorded",
                        is_next: false,
                        needs: [need("Order", "record", [], { is_path: true })],
                    },
                ],
            },
        },
        { id: 2, name: "Free", readiness: false },
    ];
}

defineMailModels();
defineModels([Deal]);

const mountForm = (resId) =>
    mountView({
        type: "form",
        resModel: "deal",
        resId,
        arch: `
            <form>
                <field name="readiness" widget="standard_readiness" readonly="1"/>
                <field name="name"/>
                <field name="revenue"/>
            </form>`,
    });

test("what counts as filled in", () => {
    for (const value of [false, null, undefined, "", "  ", 0, "<p><br></p>", { count: 0, records: [] }]) {
        expect(isFilled(value)).toBe(false);
    }
    for (const value of ["x", 5, true, { id: 1 }, "<p>x</p>", { count: 2, records: [] }]) {
        expect(isFilled(value)).toBe(true);
    }
});

test("names the missing field and follows while one types", async () => {
    await mountForm(1);
    expect(".o_standard_readiness_next").toHaveText(/To move to Qualified, still missing/);
    expect("[data-field=revenue]").toHaveText("REVENUE");

    await contains(".o_field_widget[name=revenue] input").edit("12");
    await animationFrame();

    expect("[data-field=revenue]").toHaveCount(0);
    expect(".o_standard_readiness_next").toHaveText("Ready for Qualified");
});

test("click on a field's name takes one to the field", async () => {
    await mountForm(1);

    await contains("[data-field=revenue]").click();

    expect(".o_field_widget[name=revenue] input").toBeFocused();
});

test("other stages open on demand and tell what they ask", async () => {
    await mountForm(1);
    expect(".o_standard_readiness_others").toHaveCount(0);

    await contains(".o_standard_readiness_toggle").click();

    expect(".o_standard_readiness_others").toHaveText(/Won/);
    expect(".o_standard_readiness_others").toHaveText(/Order: text/);
});

test("shows nothing where no standard speaks", async () => {
    await mountForm(2);

    expect(".o_standard_readiness").toHaveCount(0);
});
