import { Component } from "@odoo/owl";
import { DefaultCommandItem } from "@web/core/commands/command_palette";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { QuestionLog } from "../answers/question_log";
import { PAGE_ACTION } from "../page/article_page";

const NAMESPACE = "?";
const LIMIT = 10;

/** An answer in the command palette, with where it was found. */
class AnswerCommand extends Component {
    static template = "crm_knowledge.AnswerCommand";
    static props = { summary: String, ...DefaultCommandItem.props };
}

registry.category("command_setup").add(NAMESPACE, {
    debounceDelay: 250,
    emptyMessage: _t("No article found"),
    name: _t("articles"),
    placeholder: _t("Ask the knowledge base..."),
});

// one for the whole palette: what is typed on replaces what was typed before
let log;

/** Answers from anywhere: Ctrl+K, a question mark, the question. */
registry.category("command_provider").add("crm_knowledge", {
    namespace: NAMESPACE,
    async provide(env, { searchValue }) {
        if (!searchValue?.trim() || !(await user.hasGroup("crm_knowledge.group_user"))) {
            return [];
        }
        const { action, orm } = env.services;
        log ??= new QuestionLog(orm);
        log.typed(searchValue);
        const hits = await orm.call("crm.knowledge.article", "search_articles", [
            searchValue,
            LIMIT,
        ]);
        const open = (id) => {
            log.opened();
            return action.doAction(PAGE_ACTION, { props: { resId: id } });
        };
        const parser = new DOMParser();
        return hits.map((hit) => ({
            Component: AnswerCommand,
            name: hit.title,
            action: () => open(hit.id),
            props: {
                summary: parser.parseFromString(hit.snippet, "text/html").body.textContent,
            },
        }));
    },
});
