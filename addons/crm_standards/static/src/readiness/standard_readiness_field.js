import { Component, markup, useRef, useState } from "@odoo/owl";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { isFilled } from "./field_value";
import { isOnForm, jumpToField } from "./form_jump";
import { follow } from "./readiness";
import { StandardReasonDialog } from "./standard_reason_dialog";
import { readFile } from "./upload";

const PREVIEW_DELAY = 400;
// the server looks at lists of records when the lead is saved
const X2MANY = ["one2many", "many2many"];

const STRENGTH_LABELS = {
    open: _t("open"),
    advise: _t("advised"),
    record: _t("goes on record"),
    block: _t("required"),
};
const STRENGTH_ICONS = {
    open: "text-success fa-check-circle",
    advise: "text-info fa-info-circle",
    record: "text-warning fa-exclamation-circle",
    block: "text-danger fa-lock",
};

/**
 * What the company's standards ask of this lead: what its stage lacks now, and what is missing on
 * the way to the other stages.
 *
 * Follows while the user types: whether fields are filled it sees itself; where a condition depends
 * on what was typed it asks the server, which saves nothing. The server has the last word.
 *
 * What is missing beyond fields is done from here: plan an activity, tick a step, attach a document,
 * ask for an approval or for an exception. Each saves what was typed first.
 */
export class StandardReadinessField extends Component {
    static template = "crm_standards.StandardReadinessField";
    static props = { ...standardFieldProps };

    setup() {
        this.root = useRef("root");
        this.fileInput = useRef("file");
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.state = useState({ openStage: null, preview: null, isBusy: false });
        this.askServer = useDebounced(() => this.loadPreview(), PREVIEW_DELAY);
        useRecordObserver((record) => this.follow(record));
    }

    /** What the server said: of the saved lead, or of the lead as it is being typed. */
    get readiness() {
        return this.state.preview || this.props.record.data[this.props.name] || {};
    }

    /** Asks the server anew when a field changed that a condition looks at. */
    follow(record) {
        const said = record.data[this.props.name] || {};
        const watched = (said.reads || []).filter(
            (name) => name in record.data && !X2MANY.includes(record.fields[name].type)
        );
        const values = JSON.stringify(watched.map((name) => record.data[name]));
        if (said !== this.said) {
            // saved, loaded or computed anew: the server has just looked at all of it
            Object.assign(this, { said, values });
            this.state.preview = null;
        } else if (values !== this.values) {
            this.values = values;
            this.askServer();
        }
    }

    async loadPreview() {
        const { record } = this.props;
        const said = this.said;
        const changes = await record.getChanges();
        const ids = record.resId ? [record.resId] : [];
        const preview = await this.orm.silent.call(record.resModel, "preview_standard_readiness", [
            ids,
            changes,
        ]);
        if (said === this.said) {
            this.state.preview = preview;
        }
    }

    /**
     * @returns {Object} see `follow`; and `open`, the way among the others that the user looks at
     */
    getPanel() {
        const panel = follow(this.readiness, (field) => this.isMissing(field));
        return { ...panel, open: panel.others.find((way) => way.id === this.state.openStage) };
    }

    /** Looks at the form where it has the field, else believes the server. */
    isMissing(field) {
        const { data, fields } = this.props.record;
        return field.name in data
            ? !isFilled(data[field.name], fields[field.name].type)
            : !field.is_filled;
    }

    strengthLabel(strength) {
        return STRENGTH_LABELS[strength];
    }

    strengthIcon(strength) {
        return STRENGTH_ICONS[strength];
    }

    getSentence(way) {
        const stage = markup`<b>${way.name}</b>`;
        if (!way.needs.length) {
            return _t("Ready for %s", stage);
        }
        if (!way.fresh.length) {
            return _t("To move to %s, do what is missing above", stage);
        }
        if (way.fresh.some((need) => need.is_path)) {
            return _t("To move to %s:", stage);
        }
        return _t("To move to %s, still missing:", stage);
    }

    canJumpTo(name) {
        return isOnForm(this.props.record, name);
    }

    jumpTo(name) {
        return jumpToField(this.root.el.closest(".o_form_renderer"), name);
    }

    // ---- doing what is missing ------------------------------------------------------------

    /** Saves the lead, does something with it on the server, and shows how it stands then. */
    async work(deed) {
        const { record } = this.props;
        if (this.state.isBusy || !(await record.save())) {
            return;
        }
        this.state.isBusy = true;
        try {
            await deed(record.resId);
        } finally {
            this.state.isBusy = false;
        }
        await record.load();
    }

    callLead(method, ...args) {
        return this.work((id) => this.orm.call(this.props.record.resModel, method, [[id], ...args]));
    }

    tick(item) {
        return this.callLead("action_tick_standard_step", item.step_id, !item.is_met);
    }

    planSteps(need) {
        const steps = need.todo.filter((item) => item.type === "checklist");
        return this.callLead(
            "action_plan_standard_steps",
            steps.map((item) => item.step_id)
        );
    }

    planActivity(item) {
        const { record } = this.props;
        return this.work(
            (id) =>
                new Promise((resolve) =>
                    this.action.doAction(
                        {
                            type: "ir.actions.act_window",
                            name: _t("Plan an activity"),
                            res_model: "mail.activity.schedule",
                            views: [[false, "form"]],
                            target: "new",
                            context: {
                                active_id: id,
                                active_ids: [id],
                                active_model: record.resModel,
                                default_activity_type_id: item.activity_type_id,
                            },
                        },
                        { onClose: resolve }
                    )
                )
        );
    }

    chooseFile(item) {
        this.awaited = item;
        this.fileInput.el.click();
    }

    async attach(ev) {
        const [file] = ev.target.files;
        ev.target.value = "";
        if (!file) {
            return;
        }
        const datas = await readFile(file);
        const values = {
            name: file.name,
            datas,
            res_model: this.props.record.resModel,
            standard_kind_id: this.awaited.document_kind_id,
        };
        await this.work((id) => this.orm.create("ir.attachment", [{ ...values, res_id: id }]));
    }

    requestApproval(need, item) {
        this.dialog.add(StandardReasonDialog, {
            title: item.label,
            text: need.hint || need.text,
            confirmLabel: _t("Ask for approval"),
            confirm: (reason) =>
                this.callLead("action_request_standard_approval", need.rule_id, reason),
        });
    }

    askException(need) {
        this.dialog.add(StandardReasonDialog, {
            title: _t("Ask for an exception from “%s”", need.rule),
            text: _t("Somebody else decides. An exception holds once, and stays in the register."),
            confirmLabel: _t("Ask for an exception"),
            isRequired: true,
            confirm: (reason) =>
                this.callLead("action_ask_standard_override", need.rule_id, reason),
        });
    }

    withdraw(request) {
        return this.work(() => this.orm.call(request.model, "action_withdraw", [[request.id]]));
    }

    /** Whether an exception could help, and none is asked for or granted. */
    canAskException(need) {
        const { resId } = this.props.record;
        const state = need.override && need.override.state;
        return resId && need.strength === "block" && !["requested", "approved"].includes(state);
    }

    canAskApproval(item) {
        return !item.request || item.request.state !== "requested";
    }

    toggle(stage) {
        this.state.openStage = this.state.openStage === stage ? null : stage;
    }
}

export const standardReadinessField = {
    component: StandardReadinessField,
    displayName: _t("Readiness"),
    supportedTypes: ["json"],
};

registry.category("fields").add("standard_readiness", standardReadinessField);
