import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const REASONS = [
    ["not_it", _t("It is not what I was looking for")],
    ["unclear", _t("Hard to understand")],
    ["too_long", _t("Too long")],
    ["missing", _t("Something is missing")],
    ["outdated", _t("Outdated")],
    ["wrong", _t("Wrong")],
];

/** Below an article: has it helped, and if not, why not. */
export class OpinionWidget extends Component {
    static template = "crm_knowledge.OpinionWidget";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.reasons = REASONS;
        this.state = useState({ step: "ask", reason: "not_it", note: "" });
    }

    async rate(isHelpful) {
        const { record } = this.props;
        const { reason, note } = this.state;
        await this.orm.call(record.resModel, "rate", [[record.resId], isHelpful, reason, note]);
        this.state.step = "thanks";
    }
}

registry.category("view_widgets").add("crm_knowledge_opinion", { component: OpinionWidget });
