import { expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { contains, defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { follow } from "@crm_standards/completeness/completeness";

const line = (id, name, values = {}) => ({
    id,
    name,
    label: name.toUpperCase(),
    weight: 1,
    is_required: true,
    strength: "advise",
    guidance: "",
    is_filled: false,
    fault: "",
    faulty_value: "",
    ...values,
});

class Card extends models.Model {
    _name = "card";

    phone = fields.Char();
    email = fields.Char();
    city = fields.Char();
    completeness = fields.Json();

    _records = [
        {
            id: 1,
            email: "nonsense",
            completeness: {
                lines: [
                    line(1, "city", { is_required: false }),
                    line(2, "phone", { weight: 2, guidance: "With the code." }),
                    line(3, "email", {
                        is_filled: true,
                        fault: "is no e-mail address",
                        faulty_value: "nonsense",
                    }),
                    line(4, "elsewhere", { is_filled: true }),
                ],
            },
        },
        { id: 2, completeness: false },
        { id: 3, phone: "1", completeness: { lines: [line(2, "phone", { is_filled: true })] } },
    ];
}

defineMailModels();
defineModels([Card]);

const mountCard = (resId) =>
    mountView({
        type: "form",
        resModel: "card",
        resId,
        arch: `<form>
            <field name="completeness" widget="standard_completeness" readonly="1"/>
            <field name="phone"/><field name="email"/><field name="city"/>
        </form>`,
    });

test("percent is the server's: weighted, rounded down, 100 for complete only", () => {
    const lines = [
        { id: 1, weight: 10, is_required: true },
        { id: 2, weight: 1, is_required: true },
    ];
    const percent = (...filled) =>
        follow(
            { lines },
            (one) => filled.includes(one.id),
            () => false
        ).percent;

    expect(percent()).toBe(0);
    expect(percent(2)).toBe(9);
    expect(percent(1)).toBe(90);
    expect(percent(1, 2)).toBe(100);
});

test("shows percent and gaps, what is demanded and weighs most first", async () => {
    await mountCard(1);
    expect(".o_standard_completeness_percent").toHaveText("20 %");
    expect(".o_standard_completeness").toHaveText(/3 gaps/);

    await contains(".o_standard_completeness button").click();

    expect(".o_standard_completeness li").toHaveCount(3);
    expect(".o_standard_completeness li:nth-child(1)").toHaveText(/PHONE.*With the code\./s);
    expect(".o_standard_completeness li:nth-child(2)").toHaveText(
        /EMAIL.*nonsense.*is no e-mail address/s
    );
    expect(".o_standard_completeness li:nth-child(3)").toHaveText(/CITY.*wished for/s);
});

test("follows while one types", async () => {
    await mountCard(1);

    await contains(".o_field_widget[name=phone] input").edit("123");
    await animationFrame();
    expect(".o_standard_completeness_percent").toHaveText("60 %");

    await contains(".o_field_widget[name=email] input").edit("a@example.com");
    await contains(".o_field_widget[name=city] input").edit("Moscow");
    await animationFrame();
    expect(".o_standard_completeness_percent").toHaveText("100 %");
    expect(".o_standard_completeness").toHaveText(/Data complete/);
});

test("a gap's name takes one to the field", async () => {
    await mountCard(1);
    await contains(".o_standard_completeness button").click();

    await contains("[data-field=phone]").click();

    expect(".o_field_widget[name=phone] input").toBeFocused();
});

test("shows nothing where no standard speaks", async () => {
    await mountCard(2);

    expect(".o_standard_completeness").toHaveCount(0);
});

test("says that all is complete", async () => {
    await mountCard(3);

    expect(".o_standard_completeness").toHaveText(/100 %.*Data complete/s);
});
