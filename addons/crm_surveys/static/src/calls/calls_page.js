import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { deserializeDateTime, formatDateTime, serializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** What ends a call for good is asked back: a slip of the finger would cost a customer. */
const ENDINGS = {
    refused: _t("The customer is not asked again about this. His link no longer works."),
    no_more: _t("The customer gets no surveys any more, neither by phone nor by mail."),
    wrong_number: _t("The customer is not called again about this."),
};

/**
 * The interviewer's page: whom to call, what to say, the questions beside it, and what came of it.
 * The questions are the customer's own page; when he has answered the last one, the call is done.
 */
export class CallsPage extends Component {
    static template = "crm_surveys.CallsPage";
    static components = { DateTimeInput, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.display = { controlPanel: {} };
        this.state = useState({ call: null, isBusy: false, note: "", date: false, isLater: false });
        this.setDate = (date) => {
            this.state.date = date;
        };
        onWillStart(() => this.next());
        onWillUnmount(() => this.observer?.disconnect());
    }

    /** Do one thing at a time: a second click waits for the first. */
    async once(deed) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            if (await this.isFound()) {
                await deed();
            }
        } finally {
            this.state.isBusy = false;
        }
    }

    /** The last word of a lost customer is kept before his call ends; what fails has said so. */
    isFound() {
        const { finding } = this;
        this.finding = null;
        return Promise.resolve(finding).then(
            () => true,
            () => false
        );
    }

    next() {
        return this.once(async () => {
            this.show(await this.orm.call("crm.survey.call", "take_next", []));
        });
    }

    toggleLater() {
        this.state.isLater = !this.state.isLater;
    }

    start() {
        return this.once(() => this.ask("start_interview"));
    }

    /** Save what came of the call; what ends it for good, when it is confirmed. */
    choose({ id, label }) {
        if (!ENDINGS[id]) {
            return this.save(id);
        }
        return this.dialog.add(ConfirmationDialog, {
            title: label,
            body: ENDINGS[id],
            confirmLabel: label,
            confirm: () => this.save(id),
            cancel: () => {},
        });
    }

    save(outcome) {
        return this.once(async () => {
            const date = this.state.date ? serializeDateTime(this.state.date) : false;
            const { id } = this.state.call;
            await this.orm.call("crm.survey.call", "save_outcome", [
                [id],
                outcome,
                this.state.note,
                date,
            ]);
            this.show(await this.orm.call("crm.survey.call", "take_next", []));
        });
    }

    async ask(method) {
        this.show(await this.orm.call("crm.survey.call", method, [[this.state.call.id]]));
    }

    /** The customer has answered the last question: keep what was noted meanwhile. */
    async finish() {
        const { note } = this.state;
        if (note) {
            await this.orm.call("crm.survey.call", "save_note", [[this.state.call.id], note]);
        }
        await this.ask("get_card");
    }

    show(call) {
        this.observer?.disconnect();
        Object.assign(this.state, { call, note: "", date: false, isLater: false });
    }

    /** Keep what a lost customer says of himself, beside his answers. */
    find(name, value) {
        const { id, findings } = this.state.call;
        findings[name] = value;
        const values = { ...findings };
        const before = Promise.resolve(this.finding).catch(() => {});
        this.finding = before.then(() =>
            this.orm.call("crm.survey.call", "save_findings", [[id], values])
        );
        return this.finding;
    }

    /** The questions are loaded: look for their end. */
    watch(ev) {
        const page = ev.target.contentDocument;
        if (!page?.body) {
            return;
        }
        const find = () => {
            if (page.querySelector(".o_survey_finished")) {
                this.observer.disconnect();
                this.finish();
            }
        };
        this.observer?.disconnect();
        this.observer = new MutationObserver(find);
        this.observer.observe(page.body, { childList: true, subtree: true });
        find();
    }

    get outcomes() {
        const refused = { id: "refused", label: _t("Refuses") };
        const noMore = { id: "no_more", label: _t("Wants no surveys") };
        if (this.state.call.state === "talking") {
            return [refused, noMore];
        }
        return [
            { id: "no_answer", label: _t("No answer") },
            { id: "busy", label: _t("Busy") },
            { id: "wrong_number", label: _t("Wrong number") },
            refused,
            noMore,
        ];
    }

    format(date) {
        return formatDateTime(deserializeDateTime(date));
    }
}

registry.category("actions").add("crm_surveys.calls", CallsPage);
