import { OpinionWidget } from "@crm_knowledge/answers/opinion_widget";
import { Component, markup, onWillStart, onWillUpdateProps, useRef, useState } from "@odoo/owl";
import { deserializeDate, deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { ReadingCheck } from "./reading_check";

export const PAGE_ACTION = "crm_knowledge.crm_knowledge_page_action";

/**
 * An article as a page to read: what to know before relying on it, a list of contents, the text,
 * and below it the confirmation of reading and what the reader thinks of it.
 */
export class ArticlePage extends Component {
    static template = "crm_knowledge.ArticlePage";
    static components = { Layout, OpinionWidget, ReadingCheck };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.text = useRef("text");
        this.state = useState({ page: null });
        onWillStart(() => this.load(this.getArticleId(this.props)));
        onWillUpdateProps((props) => {
            const id = this.getArticleId(props);
            return id === this.state.page?.id ? undefined : this.load(id);
        });
    }

    getArticleId({ action, resId }) {
        return Number(resId || action.params?.article_id || action.context?.active_id || 0);
    }

    async load(id, version = null) {
        const page = await this.orm.call("crm.knowledge.article", "get_page", [id], { version });
        // cleaned on the server when it was written
        page.body = markup(page.body);
        this.state.page = page;
        this.props.updateActionState?.({ resId: page.id });
        this.env.config?.setDisplayName?.(page.name);
    }

    get facts() {
        const page = this.state.page;
        const facts = [{ id: "category", text: page.category.name }];
        if (page.owner) {
            facts.push({ id: "owner", text: _t("Ask %s", page.owner) });
        }
        if (page.shown_version) {
            facts.push({ id: "version", text: _t("Version %s", page.shown_version) });
        }
        if (page.date_verified) {
            const date = formatDate(deserializeDate(page.date_verified));
            facts.push({ id: "verified", text: _t("Verified on %s", date) });
        }
        return facts;
    }

    /** What the reader has confirmed, in words; empty where nothing is to be said. */
    get confirmed() {
        const { confirm, version } = this.state.page;
        if (!confirm.version || confirm.is_asked) {
            return "";
        }
        const date = formatDate(deserializeDateTime(confirm.date));
        return confirm.version === version
            ? _t("You have confirmed this version on %s.", date)
            : _t("You have confirmed version %(version)s on %(date)s.", {
                  version: confirm.version,
                  date,
              });
    }

    get opinionRecord() {
        return { resModel: "crm.knowledge.article", resId: this.state.page.id };
    }

    jump(anchor) {
        this.text.el?.querySelector(`[id="${anchor}"]`)?.scrollIntoView({ behavior: "smooth" });
    }

    openArticle(id) {
        return this.action.doAction(PAGE_ACTION, { props: { resId: id } });
    }

    openForm() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.knowledge.article",
            res_id: this.state.page.id,
            views: [[false, "form"]],
        });
    }

    openVersions() {
        return this.action.doAction("crm_knowledge.crm_knowledge_article_version_action", {
            additionalContext: { search_default_article_id: this.state.page.id },
        });
    }

    flag() {
        return this.action.doAction("crm_knowledge.crm_knowledge_flag_action_new", {
            additionalContext: { active_id: this.state.page.id },
            onClose: () => this.load(this.state.page.id),
        });
    }

    async revise() {
        const action = await this.orm.call("crm.knowledge.article", "action_revise", [
            [this.state.page.id],
        ]);
        return this.action.doAction(action);
    }

    async verify() {
        await this.orm.call("crm.knowledge.article", "action_verify", [[this.state.page.id]]);
        return this.load(this.state.page.id);
    }

    async toggleFavorite() {
        this.state.page.is_favorite = await this.orm.call(
            "crm.knowledge.article",
            "toggle_favorite",
            [[this.state.page.id]]
        );
    }

    showPresent() {
        return this.load(this.state.page.id);
    }

    onConfirmed() {
        return this.load(this.state.page.id);
    }
}

registry.category("actions").add("crm_knowledge.page", ArticlePage);
