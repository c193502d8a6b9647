import { Component, onWillStart, useState } from "@odoo/owl";
import { Layout } from "@web/search/layout";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { ComplaintChart } from "./complaint_chart";

const { DateTime } = luxon;

/**
 * The overview of complaints: what is open and late, what comes and goes, about what and why, and
 * which queue will miss its deadlines. Figures open the complaints they count.
 */
export class ComplaintOverview extends Component {
    static template = "crm_complaints.Overview";
    static components = { ComplaintChart, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ data: null });
        this.series = [
            { name: "received", label: _t("Complaints received") },
            { name: "closed", label: _t("Complaints closed") },
        ];
        this.open = this.open.bind(this);
        onWillStart(() => this.load({}));
    }

    async load({ days = this.state.data?.days || 90, team = this.state.data?.team || false }) {
        this.state.data = await this.orm.call("crm.complaint.overview", "get_overview", [], {
            days,
            team_id: team,
        });
    }

    get tiles() {
        const { tiles } = this.state.data;
        const percent = (value) => (value === null ? "–" : `${value} %`);
        return [
            { id: "open", label: _t("Complaints open"), value: tiles.open.value, domain: tiles.open.domain },
            {
                id: "overdue",
                label: _t("Complaints overdue"),
                value: tiles.overdue.value,
                domain: tiles.overdue.domain,
                isBad: tiles.overdue.value > 0,
            },
            {
                id: "received",
                label: _t("Complaints received"),
                value: tiles.received.value,
                domain: tiles.received.domain,
            },
            {
                id: "closed",
                label: _t("Complaints closed"),
                value: tiles.closed.value,
                domain: tiles.closed.domain,
            },
            {
                id: "in_time",
                label: _t("Answered in time"),
                value: percent(tiles.answered_in_time.value),
            },
            { id: "upheld", label: _t("Complaints upheld"), value: percent(tiles.upheld.value) },
        ];
    }

    periodLabel(days) {
        return days === 365 ? _t("12 months") : _t("%s days", days);
    }

    open({ domain, name, label }) {
        if (!domain) {
            return;
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: name || label,
            res_model: "crm.complaint",
            views: [
                [false, "list"],
                [false, "kanban"],
                [false, "form"],
            ],
            domain,
        });
    }

    openAlarm({ model, id }) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    /** Weeks and months as people of the language write them. */
    get trend() {
        const { days, trend } = this.state.data;
        const format = days === 365 ? { month: "short" } : { day: "numeric", month: "short" };
        return trend.map((span) => ({
            ...span,
            label: DateTime.fromISO(span.start).toLocaleString(format),
        }));
    }

    onTeamChange(ev) {
        return this.load({ team: Number(ev.target.value) || false });
    }
}

registry.category("actions").add("crm_complaints.overview", ComplaintOverview);
