import { expect, test } from "@odoo/hoot";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

const glance = (values) => ({
    state: "good",
    norm: "Key accounts",
    requirement: "2 to 3 contacts in 2 weeks",
    least: 2,
    most: 3,
    count: 2,
    last: "05/31/2026",
    days: 1,
    weeks: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 4],
    ...values,
});

class Customer extends models.Model {
    _name = "customer";

    name = fields.Char();
    glance = fields.Json();

    _records = [
        { id: 1, glance: glance() },
        { id: 2, glance: glance({ state: "too_many", count: 5, days: 0 }) },
        { id: 3, glance: glance({ state: "", norm: "", requirement: "", days: false, last: "" }) },
        { id: 4, glance: false },
    ];
}

defineMailModels();
defineModels([Customer]);

const mountForm = (resId) =>
    mountView({
        type: "form",
        resModel: "customer",
        resId,
        arch: `<form><field name="glance" widget="contact_glance" readonly="1"/></form>`,
    });

test("says when the last contact was and what the norm makes of them", async () => {
    await mountForm(1);

    expect(".o_contact_glance_last").toHaveText("Last contact yesterday");
    expect(".o_contact_glance_norm .badge").toHaveText("2: as agreed");
    expect(".o_contact_glance_norm .badge").toHaveClass("text-bg-success");
    expect(".o_contact_glance_norm small").toHaveText("2 to 3 contacts in 2 weeks (Key accounts)");
});

test("draws a bar for each week, the highest in full", async () => {
    await mountForm(1);

    expect(".o_contact_glance_bar").toHaveCount(12);
    expect(".o_contact_glance_bar.bg-primary").toHaveCount(2);
    expect(".o_contact_glance_bar:last").toHaveAttribute("style", "height: 100%");
    expect(".o_contact_glance_bar:last").toHaveAttribute("title", "4 contacts, 0 weeks ago");
    expect(".o_contact_glance_bars").toHaveAttribute("aria-label", "5 contacts in 12 weeks");
});

test("warns in red of too many", async () => {
    await mountForm(2);

    expect(".o_contact_glance_last").toHaveText("Last contact today");
    expect(".o_contact_glance_norm .badge").toHaveClass("text-bg-danger");
    expect(".o_contact_glance_norm .badge").toHaveText("5: too many");
});

test("says nothing of a norm where there is none", async () => {
    await mountForm(3);

    expect(".o_contact_glance_last").toHaveText("No contact yet");
    expect(".o_contact_glance_norm").toHaveCount(0);
});

test("shows nothing for a customer without norm and contacts", async () => {
    await mountForm(4);

    expect(".o_contact_glance").toHaveCount(0);
});
