import { expect, test, waitFor } from "@odoo/hoot";
import { manuallyDispatchProgrammaticEvent, setInputFiles } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    getService,
    makeServerError,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";

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
const way = (id, name, needs, isNext = false) => ({ id, name, needs, is_next: isNext });

const money = need("Know the money", "block", ["revenue"]);
const people = need("Know the people", "advise", ["people"]);
const path = need("Order", "record", [], { is_path: true });
const priority = need("Know the weight", "record", ["priority"]);

const item = (type, name, values = {}) => ({
    name: `:${type}:${name}`,
    type,
    label: name,
    is_met: false,
    ...values,
});
const work = need("Do the work", "record", [], {
    items: [
        item("checklist", "Budget", { step_id: 7, is_met: true }),
        item("checklist", "Decider", { step_id: 8 }),
        item("activity", "Call", { activity_type_id: 3 }),
        item("document", "Contract", { document_kind_id: 4 }),
        item("condition", "Revenue ≥ 10"),
    ],
});
const sign = need("Sign", "block", [], {
    rule_id: 5,
    items: [item("approval", "Director", { rule_id: 5, request: {} })],
});

class Deal extends models.Model {
    _name = "deal";

    name = fields.Char();
    people = fields.Char();
    secret = fields.Char();
    priority = fields.Selection({
        selection: [
            ["0", "Normal"],
            ["1", "High"],
        ],
    });
    revenue = fields.Float();
    readiness = fields.Json();

    _records = [
        {
            id: 1,
            readiness: {
                lacking: [],
                ways: [
                    way(2, "Qualified", [money], true),
                    way(3, "Won", [path]),
                    way(4, "Parked", []),
                ],
            },
        },
        { id: 2, readiness: false },
        {
            id: 3,
            readiness: { lacking: [money], ways: [way(2, "Qualified", [money, people], true)] },
        },
        { id: 4, readiness: { lacking: [money], ways: [way(2, "Qualified", [money], true)] } },
        { id: 5, readiness: { is_new: true, lacking: [money], ways: [] } },
        { id: 6, priority: "0", readiness: { lacking: [priority], ways: [] } },
        { id: 7, readiness: { lacking: [need("Keep", "block", ["secret", "absent"])], ways: [] } },
        { id: 8, readiness: { is_new: true, lacking: [path], ways: [] } },
        { id: 9, readiness: { lacking: [], ways: [way(2, "Qualified", [work, sign], true)] } },
        { id: 10, readiness: { lacking: [money], ways: [], reads: ["name"] } },
    ];
}

defineMailModels();
defineModels([Deal]);

const PANEL = `<field name="readiness" widget="standard_readiness" readonly="1"/>`;
const PLAIN = `${PANEL}<field name="name"/><field name="revenue"/><field name="priority"/>`;
const PAGES = `
    <sheet>
        ${PANEL}
        <notebook>
            <page string="First"><field name="name"/></page>
            <page string="Second">
                <notebook>
                    <page string="Alpha"><field name="people"/></page>
                    <page string="Beta"><field name="revenue"/></page>
                </notebook>
            </page>
        </notebook>
    </sheet>`;

const mountForm = (resId, content = PLAIN) =>
    mountView({ type: "form", resModel: "deal", resId, arch: `<form>${content}</form>` });

test("names the missing field and follows while one types", async () => {
    await mountForm(1);
    expect(".o_standard_readiness_next > div").toHaveText("To move to Qualified, still missing:");
    expect("[data-field=revenue]").toHaveText("REVENUE");
    expect(".o_standard_readiness_next li small").toHaveText("Know the money · required");

    await contains(".o_field_widget[name=revenue] input").edit("12");
    await animationFrame();

    expect("[data-field=revenue]").toHaveCount(0);
    expect(".o_standard_readiness_next").toHaveText("Ready for Qualified");
});

test("lowest priority is no priority", async () => {
    await mountForm(6);

    expect("[data-field=priority]").toHaveCount(1);
});

test("shows the other stages with their state, and on demand what they ask", async () => {
    await mountForm(1);
    expect(".o_standard_readiness_others [data-stage='3']").toHaveText("Won");
    expect(".o_standard_readiness_others [data-stage='3'] i").toHaveAttribute(
        "aria-label",
        "goes on record"
    );
    expect(".o_standard_readiness_others [data-stage='4'] i").toHaveAttribute("aria-label", "open");

    await contains(".o_standard_readiness_others [data-stage='3']").click();
    expect(".o_standard_readiness_open > div").toHaveText("To move to Won:");
    expect(".o_standard_readiness_open").toHaveText(/Order: text/);

    await contains(".o_standard_readiness_others [data-stage='4']").click();
    expect(".o_standard_readiness_open").toHaveText("Ready for Parked");

    await contains(".o_standard_readiness_others [data-stage='4']").click();
    expect(".o_standard_readiness_open").toHaveCount(0);
});

test("says once what the present stage and the next one ask", async () => {
    await mountForm(3);

    expect(".o_standard_readiness_lacking [data-field=revenue]").toHaveCount(1);
    expect(".o_standard_readiness_next li").toHaveCount(1);
    expect(".o_standard_readiness_next li").toHaveText(/PEOPLE/);
});

test("is not ready for the next stage when all it asks is missing already", async () => {
    await mountForm(4);

    expect(".o_standard_readiness_next li").toHaveCount(0);
    expect(".o_standard_readiness_next").toHaveText(
        "To move to Qualified, do what is missing above"
    );
});

test("tells what the stage of a new lead asks", async () => {
    await mountForm(5);
    expect(".o_standard_readiness_lacking").toHaveText(/This stage asks/);

    await contains(".o_field_widget[name=revenue] input").edit("12");
    await animationFrame();

    expect(".o_standard_readiness").toHaveText("This stage has all it asks");
});

test("tells that no new lead may begin here", async () => {
    await mountForm(8);

    expect(".o_standard_readiness_lacking").toHaveText(/Order: text/);
});

test("shows nothing where no standard speaks", async () => {
    await mountForm(2);

    expect(".o_standard_readiness").toHaveCount(0);
});

test("a field's name takes one to the field", async () => {
    await mountForm(1);

    await contains("[data-field=revenue]").click();

    expect(".o_field_widget[name=revenue] input").toBeFocused();
});

test("a field on another page opens its pages", async () => {
    await mountForm(1, PAGES);
    expect(".o_field_widget[name=revenue]").toHaveCount(0);

    await contains("[data-field=revenue]").click();
    await waitFor(".o_field_widget[name=revenue] input:focus");

    expect(".nav-link.active:contains(Second)").toHaveCount(1);
    expect(".nav-link.active:contains(Beta)").toHaveCount(1);
});

test("pages stay as they were when the field is on none of them", async () => {
    const hidden = `<group invisible="not name"><field name="secret"/></group>`;
    await mountForm(7, `${PANEL}<notebook>
        <page string="First"><field name="name"/></page>
        <page string="Second"><field name="people"/>${hidden}</page>
    </notebook>`);
    await contains(".nav-link:contains(Second)").click();

    await contains("[data-field=secret]").click();
    await waitFor(".nav-link.active:contains(First)");
    await waitFor(".nav-link.active:contains(Second)");

    expect(".nav-link.active").toHaveCount(1);
});

test("a field that the form hides or has not is named, but no button", async () => {
    await mountForm(7, `${PANEL}<field name="name"/><field name="secret" invisible="not name"/>`);
    expect(".o_standard_readiness_lacking li").toHaveText(/SECRET.*ABSENT/s);
    expect(".o_standard_readiness_field").toHaveCount(0);

    await contains(".o_field_widget[name=name] input").edit("x");
    await animationFrame();

    expect(".o_standard_readiness_field").toHaveText("SECRET");
});

test("in a dialog one stays in the dialog", async () => {
    Deal._views = { form: `<form>${PLAIN}</form>` };
    await mountForm(1);
    getService("dialog").add(FormViewDialog, { resModel: "deal", resId: 1 });
    await contains(".o_dialog [data-field=revenue]").click();

    expect(".o_dialog .o_field_widget[name=revenue] input").toBeFocused();
});

test("shows work, documents and approvals that are missing, with what to do about them", async () => {
    await mountForm(9);

    expect(".o_standard_readiness_step").toHaveCount(2);
    expect("[data-step='7'] input").toBeChecked();
    expect("[data-step='8'] input").not.toBeChecked();
    expect(".o_standard_readiness_activity").toHaveText("Call");
    expect(".o_standard_readiness_document").toHaveText("Contract");
    expect(".o_standard_readiness_approval").toHaveText("Director");
    expect(".o_standard_readiness_next .badge").toHaveText("Revenue ≥ 10");
});

test("ticks a step on the server after what was typed is saved", async () => {
    onRpc("deal", "web_save", () => expect.step("save"));
    onRpc("deal", "action_tick_standard_step", ({ args }) => {
        expect.step(args);
        return true;
    });
    await mountForm(9);
    await contains(".o_field_widget[name=name] input").edit("x");
    await contains("[data-step='8'] input").click();

    await expect.waitForSteps(["save", [[9], 8, true]]);
});

test("takes a tick back, and plans the steps that are open", async () => {
    onRpc("deal", "action_tick_standard_step", ({ args }) => expect.step(args) || true);
    onRpc("deal", "action_plan_standard_steps", ({ args }) => expect.step(args) || true);
    await mountForm(9);
    await contains("[data-step='7'] input").click();
    await expect.waitForSteps([[[9], 7, false]]);
    await contains(".o_standard_readiness_plan").click();

    await expect.waitForSteps([[[9], [8]]]);
});

test("attaches a document of the kind that is asked", async () => {
    onRpc("ir.attachment", "create", ({ args }) => {
        const [[values]] = args;
        expect.step([values.name, values.datas, values.res_id, values.standard_kind_id]);
        return [1];
    });
    await mountForm(9);
    await contains(".o_standard_readiness_document").click();
    await contains(".o_standard_readiness input[type=file]", { visible: false }).click();
    await setInputFiles([new File(["hello"], "deal.txt", { type: "text/plain" })]);
    await manuallyDispatchProgrammaticEvent(
        document.querySelector(".o_standard_readiness input[type=file]"),
        "change"
    ).catch(() => {});

    await expect.waitForSteps([["deal.txt", "aGVsbG8=", 9, 4]]);
});

test("asks for an approval, with or without a reason", async () => {
    onRpc("deal", "action_request_standard_approval", ({ args }) => expect.step(args) || {});
    await mountForm(9);
    await contains(".o_standard_readiness_approval").click();
    await contains(".o_dialog .btn-primary").click();

    await expect.waitForSteps([[[9], 5, ""]]);
    expect(".o_dialog").toHaveCount(0);
});

test("asks for an exception from a blocking rule, and only with a reason", async () => {
    onRpc("deal", "action_ask_standard_override", ({ args }) => expect.step(args) || {});
    await mountForm(9);
    expect(".o_standard_readiness_ask").toHaveCount(1);
    await contains(".o_standard_readiness_ask").click();
    expect(".o_dialog .btn-primary").not.toBeEnabled();

    await contains(".o_dialog textarea").edit("At a fair", { confirm: false });
    await contains(".o_dialog .btn-primary").click();

    await expect.waitForSteps([[[9], 5, "At a fair"]]);
});

test("what was written stays in the dialog when the server refuses", async () => {
    expect.errors(1);
    onRpc("deal", "action_ask_standard_override", () => {
        throw makeServerError({ message: "Nobody is there to decide" });
    });
    await mountForm(9);
    await contains(".o_standard_readiness_ask").click();
    await contains(".o_dialog textarea").edit("At a fair", { confirm: false });
    await contains(".o_dialog .btn-primary").click();
    await waitFor(".o_error_dialog");

    expect.verifyErrors(["Nobody is there to decide"]);
    expect(".o_dialog .o_standard_reason").toHaveValue("At a fair");
    expect(".o_dialog:has(.o_standard_reason) .btn-primary").toBeEnabled();
});

test("tells why a request was refused, and offers to ask anew", async () => {
    const state = { id: 1, model: "x", state: "refused", label: "Refused", reason: "Call him" };
    const asked = { ...sign, override: state };
    Deal._records.push({ id: 12, readiness: { lacking: [asked], ways: [] } });
    await mountForm(12);

    expect(".o_standard_readiness_override .badge").toHaveText("Refused");
    expect(".o_standard_readiness_override").toHaveText(/Call him/);
    expect(".o_standard_readiness_ask").toHaveCount(1);
});

test("tells how a request stands instead of offering it again", async () => {
    const state = { id: 1, model: "x", state: "requested", label: "Waiting", people: "Dora" };
    const asked = { ...sign, override: state, items: [{ ...sign.items[0], request: state }] };
    Deal._records.push({ id: 11, readiness: { lacking: [asked], ways: [] } });
    await mountForm(11);

    expect(".o_standard_readiness .badge:contains(Waiting)").toHaveCount(2);
    expect(".o_standard_readiness_ask").toHaveCount(0);
    expect(".o_standard_readiness_approval").toHaveCount(0);
});

test("asks the server anew while one types what a condition looks at", async () => {
    onRpc("deal", "preview_standard_readiness", ({ args }) => {
        expect.step(args);
        return { lacking: [path], ways: [] };
    });
    await mountForm(10);
    await contains(".o_field_widget[name=revenue] input").edit("12");
    await advanceTime(500);
    expect.verifySteps([]);
    await contains(".o_field_widget[name=name] input").edit("Large");
    await advanceTime(500);
    await animationFrame();

    expect.verifySteps([[[10], { revenue: 12, name: "Large" }]]);
    expect(".o_standard_readiness_lacking").toHaveText(/Order: text/);
});
