import { Component, onWillStart, useState } from "@odoo/owl";
import { Layout } from "@web/search/layout";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const LEVELS = { company: _t("The company"), team: _t("Teams"), person: _t("Employees") };

/**
 * The company in five minutes: only what is not as it should be, the worst first, from the company
 * down to people. When all is well there is nothing to read.
 */
export class FiveMinutes extends Component {
    static template = "crm_kpi.FiveMinutes";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ page: null });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.page = await this.orm.call("crm.kpi.incident", "get_page", []);
    }

    get headline() {
        const { total, late, mine } = this.state.page;
        return [
            { id: "total", label: _t("Open incidents"), value: total, isBad: total > 0 },
            { id: "late", label: _t("Term is over"), value: late, isBad: late > 0 },
            { id: "mine", label: _t("Given to me"), value: mine },
        ];
    }

    levelName(level) {
        return LEVELS[level];
    }

    /** The worse, the redder: 1 is just beyond what is allowed. */
    color({ badness }) {
        return badness >= 2 ? "o_kpi_bad" : "o_kpi_beyond";
    }

    open(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.kpi.incident",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    async openRows(id) {
        return this.action.doAction(
            await this.orm.call("crm.kpi.incident", "action_open_rows", [[id]])
        );
    }

    openAll() {
        return this.action.doAction("crm_kpi.crm_kpi_incident_action");
    }
}

registry.category("actions").add("crm_kpi.five_minutes", FiveMinutes);
