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
        this.ui = useService("ui");
        this.close = null;
        let shownFor = this.props.record.resId;
        useEffect(
            (resId) => {
                // another record is open: the answers were for the one before
                if (resId !== shownFor) {
                    this.close?.();
                    shownFor = resId;
                }
            },
            () => [this.props.record.resId]
        );
        onWillUnmount(() => {
            // on a telephone the button is in a menu, which goes away as soon as it is pressed
            if (!this.ui.isSmall) {
                this.close?.();
            }
        });
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
