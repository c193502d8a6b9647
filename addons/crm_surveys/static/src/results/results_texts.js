import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { useService } from "@web/core/utils/hooks";

/** What customers wrote: searched, page by page, and put under topics by those who lead. */
export class ResultsTexts extends Component {
    static template = "crm_surveys.ResultsTexts";
    static props = { filters: Object, onPick: Function };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ page: null, words: "" });
        onWillStart(() => this.load(0));
        onWillUpdateProps((props) => this.load(0, props.filters));
    }

    async load(offset, filters = this.props.filters) {
        const asked = { ...filters, text: this.state.words };
        this.state.page = await this.orm.call("crm.survey.result", "get_texts", [asked, offset]);
    }

    search(ev) {
        this.state.words = ev.target.value;
        return this.load(0);
    }

    get texts() {
        const names = Object.fromEntries(this.state.page.topics.map(({ id, name }) => [id, name]));
        return this.state.page.texts.map((text) => ({
            ...text,
            day: formatDate(deserializeDateTime(text.date)),
            marks: text.topics.filter((id) => names[id]).map((id) => ({ id, name: names[id] })),
            others: this.state.page.topics.filter(({ id }) => !text.topics.includes(id)),
        }));
    }

    async mark(text, topics) {
        await this.orm.call("crm.survey.fact", "action_set_topics", [[text.fact], topics]);
        return this.load(this.state.page.offset);
    }

    addTopic(text, ev) {
        const id = Number(ev.target.value);
        return id && this.mark(text, [...text.topics, id]);
    }

    dropTopic(text, id) {
        return this.mark(
            text,
            text.topics.filter((topic) => topic !== id)
        );
    }

    open(text) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.survey.fact",
            res_id: text.fact,
            views: [[false, "form"]],
        });
    }
}
