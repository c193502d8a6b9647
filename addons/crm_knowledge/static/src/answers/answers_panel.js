import {
    Component,
    markup,
    onWillStart,
    onWillUnmount,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useAutofocus, useBus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { QuestionLog } from "./question_log";

const WAIT = 300; // milliseconds after the last key

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
        // not this.orm: what was typed last is told while the panel goes away
        this.log = new QuestionLog(this.env.services.orm, [this.props.resModel, this.props.resId]);
        onWillUnmount(() => this.log.note());
        useAutofocus({ refName: "query" });
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", ({ detail: mode }) => {
            if (mode !== "new") {
                this.props.close(); // another page is open
            }
        });
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

    onInput(ev) {
        this.state.query = ev.target.value;
        this.searchSoon();
        this.log.typed(this.state.query);
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
        this.log.opened();
        Object.assign(this.state, {
            shownId: answer.id,
            shown: { ...shown, html: markup(shown.html) },
        });
    }

    async send(answer) {
        const action = await this.call("action_send_knowledge_answer", answer.id);
        this.log.opened();
        await this.action.doAction(action, { onClose: () => this.props.onSent() });
    }

    async copy(answer) {
        const { text } = await this.call("copy_knowledge_answer", answer.id);
        this.log.opened();
        await browser.navigator.clipboard.writeText(text);
        this.notification.add(_t("The answer is copied."), { type: "success" });
    }

    async capture() {
        const action = await this.call("action_capture_knowledge");
        await this.action.doAction(action);
    }

    open(answer) {
        this.log.opened();
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.knowledge.article",
            res_id: answer.id,
            views: [[false, "form"]],
            target: "new",
        });
    }
}
