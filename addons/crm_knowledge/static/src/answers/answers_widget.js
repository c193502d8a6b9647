import { Component, onWillUnmount, useEffect } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { AnswersPanel } from "./answers_panel";

/** The button on a record that opens the answers that fit it; see `crm.knowledge.askable`. */
export class AnswersWidget extends Component {
    static template = "crm_knowledge.AnswersWidget";
    static props = { ...standardWidgetProps };

    setup() {
        this.overlay = useService("overlay");
        this.close = null;
        // another record is open: the answers were for the one before
        useEffect(
            () => () => this.close?.(),
            () => [this.props.record.resId]
        );
        onWillUnmount(() => this.close?.());
    }

    async toggle() {
        if (this.close) {
            this.close();
            return;
        }
        const { record } = this.props;
        if (!(await record.save())) {
            return;
        }
        this.close = this.overlay.add(
            AnswersPanel,
            {
                resModel: record.resModel,
                resId: record.resId,
                close: () => this.close?.(),
                onSent: () => record.load(),
            },
            { onRemove: () => (this.close = null) }
        );
    }
}

registry.category("view_widgets").add("crm_knowledge_answers", { component: AnswersWidget });
