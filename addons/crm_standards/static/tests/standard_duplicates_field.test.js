import { expect, test } from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

const found = (values = {}) => ({
    model: "card",
    id: 7,
    name: "Acme",
    note: "Moscow",
    score: 80,
    reasons: ["e-mail", "phone"],
    can_merge: true,
    ...values,
});

class Card extends models.Model {
    _name = "card";

    name = fields.Char();
    duplicates = fields.Json();

    _records = [
        { id: 1, name: "A", duplicates: [found(), found({ model: "crm.lead", id: 8 })] },
        { id: 2, name: "B", duplicates: [] },
        { id: 3, name: "C", duplicates: [found({ can_merge: false })] },
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
            <field name="duplicates" widget="standard_duplicates" readonly="1"/>
            <field name="name"/>
        </form>`,
    });

test("names who it may be, and why", async () => {
    await mountCard(1);

    expect(".o_standard_duplicate").toHaveCount(2);
    expect(".o_standard_duplicate:first").toHaveText(/Acme.*Moscow.*80 %.*same e-mail, phone/s);
});

test("opens a dialog, so that what is typed is not lost", async () => {
    mockService("action", {
        doAction(action) {
            expect.step([action.res_model, action.res_id, action.target]);
        },
    });
    await mountCard(1);

    await contains("[data-id='8']").click();

    expect.verifySteps([["crm.lead", 8, "new"]]);
});

test("merges two of a kind by core's wizard", async () => {
    mockService("action", { doAction: (action) => expect.step(action) });
    onRpc("card", "action_merge_duplicates", ({ args }) => ({ merged: args[0] }));
    await mountCard(1);
    expect(".o_standard_duplicate_merge").toHaveCount(1);

    await contains(".o_standard_duplicate_merge").click();

    expect.verifySteps([{ merged: [1, 7] }]);
});

test("offers no merge to who may not", async () => {
    await mountCard(3);

    expect(".o_standard_duplicate_merge").toHaveCount(0);
});

test("shows nothing where nobody is alike", async () => {
    await mountCard(2);

    expect(".o_standard_duplicates").toHaveCount(0);
});
