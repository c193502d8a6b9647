import { expect, test } from "@odoo/hoot";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

const badge = (kind, count, strength) => ({ kind, count, strength, stage: "Proposal" });

class Deal extends models.Model {
    _name = "deal";

    name = fields.Char();
    badge = fields.Json();

    _records = [
        { id: 1, name: "a", badge: badge("lacking", 2, "block") },
        { id: 2, name: "b", badge: badge("next", 1, "record") },
        { id: 3, name: "c", badge: badge("ready", 0, "open") },
        { id: 4, name: "d", badge: false },
    ];
}

defineMailModels();
defineModels([Deal]);

test("a card says what is missing, for which stage, and nothing where nothing is asked", async () => {
    await mountView({
        resModel: "deal",
        type: "kanban",
        arch: `<kanban><templates><t t-name="card">
                   <field name="name"/><field name="badge" widget="standard_badge"/>
               </t></templates></kanban>`,
    });

    expect(".o_standard_badge").toHaveCount(3);
    expect(".o_standard_badge:eq(0)").toHaveText("2 missing here");
    expect(".o_standard_badge:eq(0)").toHaveClass("text-bg-danger");
    expect(".o_standard_badge:eq(1)").toHaveText("1 missing for Proposal");
    expect(".o_standard_badge:eq(2)").toHaveText("Ready");
    expect(".o_standard_badge:eq(2)").toHaveAttribute("title", "Ready for Proposal");
});
