import { Component, markup, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { QuestionLog } from "../answers/question_log";
import { PAGE_ACTION } from "../page/article_page";

const ARTICLE = "crm.knowledge.article";
// ms without a key before titles are asked for, and before the texts are searched
const TITLES_AFTER = 120;
const SEARCH_AFTER = 500;
const STEP = 20; // answers that are shown at first, and added by "more"
const MOST = 100; // as many as the server returns

/**
 * The home of the knowledge base: one box to search everything, what waits for the user, and
 * articles by category, at hand, new and verified.
 */
export class KnowledgeHome extends Component {
    static template = "crm_knowledge.Home";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.ui = useService("ui");
        this.display = { controlPanel: {} };
        this.last = new KeepLast();
        // not this.orm: what is opened is told while this page goes away
        this.log = new QuestionLog(this.env.services.orm);
        onWillUnmount(() => this.log.note());
        if (!this.ui.isSmall) {
            useAutofocus();
        }
        this.state = useState({ home: null, query: "", titles: [], found: null, corrected: "" });
        this.limit = STEP;
        this.suggestLater = useDebounced(() => this.suggest(), TITLES_AFTER);
        this.searchLater = useDebounced(() => this.search(), SEARCH_AFTER);
        onWillStart(async () => {
            this.state.home = await this.orm.call("crm.knowledge.home", "get_home", []);
        });
    }

    onInput(ev) {
        this.state.query = ev.target.value;
        this.limit = STEP;
        if (!this.state.query.trim()) {
            return this.clear();
        }
        this.suggestLater();
        this.searchLater();
        this.log.typed(this.state.query);
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            this.searchLater.cancel();
            this.suggestLater.cancel();
            this.search();
        } else if (ev.key === "Escape") {
            this.clear();
        }
    }

    clear() {
        this.searchLater.cancel();
        this.suggestLater.cancel();
        this.log.forget();
        Object.assign(this.state, { query: "", titles: [], found: null, corrected: "" });
    }

    /** Titles come first: they are there before one has typed to the end. */
    async suggest() {
        const text = this.state.query;
        const titles = await this.last.add(this.orm.call(ARTICLE, "suggest_titles", [text]));
        if (text === this.state.query && this.state.found === null) {
            this.state.titles = titles;
        }
    }

    async search() {
        const text = this.state.query;
        if (!text.trim()) {
            return;
        }
        const found = await this.last.add(
            this.orm.call(ARTICLE, "search_articles", [text, this.limit])
        );
        this.state.titles = [];
        this.state.corrected = found[0]?.corrected || "";
        // the server escapes the text and marks what was found
        this.state.found = found.map((hit) => ({ ...hit, snippet: markup(hit.snippet) }));
    }

    get hasMore() {
        return this.state.found.length === this.limit && this.limit < MOST;
    }

    more() {
        this.limit += STEP;
        return this.search();
    }

    openArticle(id) {
        this.log.opened();
        return this.action.doAction(PAGE_ACTION, { props: { resId: id } });
    }

    openArticles({ name, domain }) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: ARTICLE,
            views: [
                [false, "kanban"],
                [false, "list"],
                [false, "form"],
            ],
            domain,
        });
    }

    openTask({ action, context }) {
        return this.action.doAction(action, { additionalContext: context });
    }

    write() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: ARTICLE,
            views: [[false, "form"]],
            context: { default_name: this.state.query.trim() || undefined },
        });
    }
}

registry.category("actions").add("crm_knowledge.home", KnowledgeHome);
