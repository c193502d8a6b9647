import { Component, markup, onWillStart, useExternalListener, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

const WAIT = 300; // milliseconds after the last key
const TYPED = 2000; // milliseconds after which a question was typed to its end

/**
 * The answers that fit the open record, beside it. Its words ask until somebody types others.
 *
 * What the server sends as `snippet` and `html` is safe: escaped there, or sanitized as an article.
 */
export class AnswersPanel extends Component {
    static template = "crm_knowledge.AnswersPanel";
    static props = { resModel: String, resId: Number, close: Function, onSent: Function };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.keepLast = new KeepLast();
        this.state = useState({ query: "", answers: [], shownId: false, shown: null });
        this.searchSoon = useDebounced(() => this.search(), WAIT);
        // what was typed is kept without who has typed it, so that gaps are found
        this.token = Promise.resolve("");
        this.noteSoon = useDebounced(() => this.noteSearch(), TYPED);
        useAutofocus({ refName: "query" });
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
        onWillStart(() => this.search());
    }

    onKeydown(ev) {
        if (ev.key === "Escape" && this.root.el?.contains(document.activeElement)) {
            this.props.close();
        }
    }

    call(method, ...args) {
        return this.orm.call(this.props.resModel, method, [[this.props.resId], ...args]);
    }

    onInput() {
        this.searchSoon();
        this.noteSoon();
    }

    noteSearch() {
        const { query } = this.state;
        if (query.trim()) {
            const { resModel, resId } = this.props;
            this.token = this.orm.call("crm.knowledge.query", "note_search", [
                query,
                resModel,
                resId,
            ]);
        }
    }

    async noteOpened() {
        const token = await this.token;
        this.token = Promise.resolve("");
        if (token) {
            await this.orm.call("crm.knowledge.query", "note_opened", [token]);
        }
    }

    async search() {
        const answers = await this.keepLast.add(
            this.call("get_knowledge_answers", this.state.query)
        );
        this.state.answers = answers.map((answer) => ({
            ...answer,
            snippet: markup(answer.snippet),
        }));
        this.state.shownId = false;
    }

    async toggle(answer) {
        if (this.state.shownId === answer.id) {
            this.state.shownId = false;
            return;
        }
        const shown = await this.call("preview_knowledge_answer", answer.id);
        this.noteOpened();
        Object.assign(this.state, {
            shownId: answer.id,
            shown: { ...shown, html: markup(shown.html) },
        });
    }

    async send(answer) {
        const action = await this.call("action_send_knowledge_answer", answer.id);
        this.noteOpened();
        await this.action.doAction(action, { onClose: () => this.props.onSent() });
    }

    async copy(answer) {
        const { text } = await this.call("copy_knowledge_answer", answer.id);
        this.noteOpened();
        await browser.navigator.clipboard.writeText(text);
        this.notification.add(_t("The answer is copied."), { type: "success" });
    }

    async capture() {
        const action = await this.call("action_capture_knowledge");
        await this.action.doAction(action);
    }

    open(answer) {
        this.noteOpened();
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.knowledge.article",
            res_id: answer.id,
            views: [[false, "form"]],
            target: "new",
        });
    }
}
