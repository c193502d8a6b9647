import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/** Below a regulation: a short check, where there is one, and the confirmation of reading. */
export class ReadingCheck extends Component {
    static template = "crm_knowledge.ReadingCheck";
    static props = { page: Object, onConfirmed: Function };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ answers: {}, wrong: [], isRead: false });
    }

    isChosen(question, choice) {
        return Boolean(this.state.answers[question.id]?.includes(choice.id));
    }

    toggle(question, choice) {
        const chosen = this.state.answers[question.id] || [];
        this.state.answers[question.id] = chosen.includes(choice.id)
            ? chosen.filter((id) => id !== choice.id)
            : [...chosen, choice.id];
        this.state.wrong = this.state.wrong.filter((id) => id !== question.id);
    }

    async confirm() {
        const { id, version } = this.props.page;
        const answers = { ...this.state.answers };
        this.state.wrong = await this.orm.call(
            "crm.knowledge.article",
            "confirm_reading",
            [[id]],
            { version, answers }
        );
        if (!this.state.wrong.length) {
            this.props.onConfirmed();
        }
    }
}
