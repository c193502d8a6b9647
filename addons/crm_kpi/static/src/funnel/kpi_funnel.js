import { Component, onWillStart, useState } from "@odoo/owl";
import { Layout } from "@web/search/layout";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { KpiChart } from "../common/kpi_chart";
import { useLive } from "../common/kpi_live";
import { tellNumber, tellPercent, tellPeriod, tellValue } from "../common/kpi_words";

const { DateTime } = luxon;

/**
 * The forecast at any moment: what is planned, what is done, what is to be expected, which step of
 * the reference funnel is short and by how many, and how good such forecasts were.
 */
export class KpiFunnel extends Component {
    static template = "crm_kpi.Funnel";
    static components = { KpiChart, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ page: null });
        this.number = tellNumber;
        this.percent = tellPercent;
        useLive(() => this.load({}));
        onWillStart(() => this.load({}));
    }

    async load({ funnel = this.state.page?.funnel, subject = this.state.page?.subject }) {
        this.state.page = await this.orm.call("crm.kpi.funnel", "get_page", [
            funnel || false,
            subject || false,
        ]);
    }

    /** Teams and people are those of the funnel's company: another one has others. */
    chooseFunnel(id) {
        const { funnels, funnel } = this.state.page;
        const companyOf = (key) => funnels.find((one) => one.id === key).company;
        return this.load(
            companyOf(id) === companyOf(funnel) ? { funnel: id } : { funnel: id, subject: false }
        );
    }

    amount(value) {
        const { unit, currency } = this.state.page;
        return tellValue(value, unit, currency);
    }

    get period() {
        return tellPeriod(this.state.page.period);
    }

    get isBelow() {
        const { plan, expected } = this.state.page.drawn;
        return plan !== null && expected !== null && expected < plan;
    }

    get tiles() {
        const { drawn } = this.state.page;
        return [
            { id: "plan", label: _t("Plan"), value: this.amount(drawn.plan) },
            { id: "done", label: _t("So far"), value: this.amount(drawn.done) },
            {
                id: "expected",
                label: _t("Expected at the end"),
                value: this.amount(drawn.expected),
                isBad: this.isBelow,
            },
            { id: "by_pace", label: _t("By the pace"), value: this.amount(drawn.by_pace) },
            { id: "by_work", label: _t("By work in hand"), value: this.amount(drawn.by_work) },
        ];
    }

    /** Bars of a funnel: as wide as the step is beside the widest, centered. */
    get steps() {
        const widest = Math.max(
            1,
            ...this.state.page.steps.map((step) => Math.max(step.value, step.now || 0))
        );
        return this.state.page.steps.map((step) => ({
            ...step,
            style: `width: ${Math.max(2, (100 * step.value) / widest)}%`,
            needStyle: step.now ? `width: ${Math.max(2, (100 * step.now) / widest)}%` : "",
            isShort: step.missing > 0,
            isSlow:
                step.rate_percent !== null &&
                step.reference_percent !== null &&
                step.rate_percent < step.reference_percent,
        }));
    }

    tellHave({ value, now }) {
        return now === null
            ? tellNumber(value)
            : _t("%(value)s of %(now)s needed by today", {
                  value: tellNumber(value),
                  now: tellNumber(now),
              });
    }

    tellWeek({ week }) {
        return _t("%s more each week", week);
    }

    tellRate({ rate_percent, reference_percent }) {
        return _t("%(rate)s come further, the reference is %(reference)s", {
            rate: tellPercent(rate_percent),
            reference: tellPercent(reference_percent),
        });
    }

    get accuracy() {
        const { accuracy, count } = this.state.page.kept;
        return _t("So far forecasts were right by %(percent)s (%(count)s of them).", {
            percent: tellPercent(accuracy),
            count,
        });
    }

    get labels() {
        return this.state.page.kept.days.map(({ date }) =>
            DateTime.fromISO(date).toLocaleString({ day: "numeric", month: "short" })
        );
    }

    get series() {
        const { days } = this.state.page.kept;
        return [
            { label: _t("Expected"), values: days.map(({ expected }) => expected) },
            { label: _t("Plan"), values: days.map(({ plan }) => plan), isDashed: true },
        ];
    }

    openStage({ id, name }) {
        const [level, number] = this.state.page.subject.split("-");
        const whose = { person: "user_id", team: "team_id" }[level];
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "crm.lead",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [
                ["type", "=", "opportunity"],
                ["won_status", "=", "pending"],
                ["stage_id", "=", id],
                ...(whose ? [[whose, "=", Number(number)]] : []),
            ],
        });
    }
}

registry.category("actions").add("crm_kpi.funnel", KpiFunnel);
