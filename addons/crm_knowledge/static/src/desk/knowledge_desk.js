import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** The editor's desk: what waits lies in piles; a click opens one thing or the whole pile. */
export class KnowledgeDesk extends Component {
    static template = "crm_knowledge.Desk";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ desk: null });
        onWillStart(() => this.load(true));
    }

    async load(isMine) {
        this.state.desk = await this.orm.call("crm.knowledge.desk", "get_desk", [isMine]);
    }

    open(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openPile({ name, model, domain }) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: model,
            views: [
                [false, "list"],
                [false, "kanban"],
                [false, "form"],
            ],
            domain,
        });
    }
}

registry.category("actions").add("crm_knowledge.desk", KnowledgeDesk);
