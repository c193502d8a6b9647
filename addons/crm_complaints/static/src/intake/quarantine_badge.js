import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { session } from "@web/session";

/** Reloading the number costs a query: not more often than that, in milliseconds. */
const PAUSE = 10_000;

/** How many mails wait in the quarantine of complaints, beside the user's name. */
export class QuarantineBadge extends Component {
    static template = "crm_complaints.QuarantineBadge";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ count: session.crm_complaints_quarantine_count });
        this.loaded = Date.now();
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", () => this.reload());
    }

    get title() {
        return _t("Mails in the quarantine of complaints: %s", this.state.count);
    }

    async reload() {
        if (Date.now() - this.loaded < PAUSE) {
            return;
        }
        this.loaded = Date.now();
        this.state.count = await this.orm
            .silent.call("crm.complaint.quarantine", "get_waiting_count", [])
            .catch(() => this.state.count);
    }

    open() {
        this.action.doAction("crm_complaints.crm_complaint_quarantine_action", {
            clearBreadcrumbs: true,
        });
    }
}

// only whoever decides about them has the number in his session
if (session.crm_complaints_quarantine_count !== undefined) {
    registry
        .category("systray")
        .add("crm_complaints.quarantine", { Component: QuarantineBadge }, { sequence: 24 });
}
