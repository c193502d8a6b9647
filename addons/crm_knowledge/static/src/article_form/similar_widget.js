import { Component, onWillUnmount, status, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

// ms without a key before it is looked for what says the same
const AFTER = 800;
const LEAST = 4;

/** While an article is written: what says the same already. Nothing is shown for readers. */
export class SimilarWidget extends Component {
    static template = "crm_knowledge.SimilarWidget";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.last = new KeepLast();
        this.state = useState({ similar: [] });
        this.lookLater = useDebounced((asked) => this.look(asked), AFTER);
        useRecordObserver((record) => {
            const { name, body, can_edit: canEdit } = record.data;
            this.lookLater([canEdit ? name || "" : "", String(body || ""), record.resId || false]);
        });
        onWillUnmount(() => this.lookLater.cancel());
    }

    async look([name, body, resId]) {
        if (status(this) === "destroyed") {
            return; // the page was left while somebody was still typing
        }
        const isAsked = name.trim().length >= LEAST;
        this.state.similar = isAsked
            ? await this.last.add(
                  this.orm.silent.call("crm.knowledge.article", "get_similar", [name, body, resId])
              )
            : [];
    }
}

export const similarWidget = {
    component: SimilarWidget,
    fieldDependencies: [
        { name: "name", type: "char" },
        { name: "can_edit", type: "boolean" },
    ],
};

registry.category("view_widgets").add("crm_knowledge_similar", similarWidget);
