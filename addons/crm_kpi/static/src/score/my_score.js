import { Component, onWillStart, useState } from "@odoo/owl";
import { Layout } from "@web/search/layout";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { KpiChart } from "../common/kpi_chart";
import { KpiGauge } from "../common/kpi_gauge";
import { useLive } from "../common/kpi_live";
import { ZONES, tellNumber, tellPercent, tellPeriod, tellValue } from "../common/kpi_words";

const { DateTime } = luxon;

/**
 * One's own day: the score with its zone, the bonus it brings, where it came from line by line,
 * and what would bring most.
 */
export class MyScore extends Component {
    static template = "crm_kpi.MyScore";
    static components = { KpiChart, KpiGauge, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ cards: [], back: 0 });
        this.number = tellNumber;
        this.percent = tellPercent;
        this.period = tellPeriod;
        useLive(() => this.load());
        onWillStart(() => this.load());
    }

    async load(back = this.state.back) {
        this.state.cards = await this.orm.call("crm.kpi.card", "get_my_score", [back]);
        this.state.back = back;
    }

    value(line, name, card) {
        return tellValue(line[name], line.unit, card.currency);
    }

    money(amount, card) {
        return tellValue(amount, "money", card.currency);
    }

    badge({ zone }) {
        return `text-bg-${ZONES[zone] || "secondary"}`;
    }

    /** The next rung of the bonus, as long as there is one above. */
    nextRung({ score, rungs }) {
        const above = rungs.find(([from]) => from > (score || 0));
        return above && { from: above[0], amount: above[1] };
    }

    tellBonus(card) {
        return _t("Bonus: %s", this.money(card.bonus, card));
    }

    tellRung(card) {
        const { from, amount } = this.nextRung(card);
        return _t("From %(score)s on: %(amount)s", {
            score: tellPercent(from),
            amount: this.money(amount, card),
        });
    }

    tellMissing(line, card) {
        return _t("%s to the target", this.value(line, "missing", card));
    }

    labels(card) {
        return card.trend.map(({ day }) =>
            DateTime.fromISO(day).toLocaleString({ month: "short", year: "2-digit" })
        );
    }

    series(card) {
        return [{ label: _t("Score"), values: card.trend.map(({ score }) => score) }];
    }

    /** How it came about, line by line down to documents, of the period that is shown. */
    async explain(card) {
        return this.action.doAction(
            await this.orm.call("crm.kpi.card", "action_explain_own", [[card.id], card.back])
        );
    }

    /** What more work would bring. */
    tryOut(card) {
        return this.action.doAction("crm_kpi.crm_kpi_trial_action", {
            additionalContext: { default_card_id: card.id },
        });
    }

    agree(line) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.kpi.target",
            res_id: line.target_id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("crm_kpi.my_score", MyScore);
