import { Component, onWillStart, useState } from "@odoo/owl";
import { Layout } from "@web/search/layout";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { ResultsBalance } from "./results_balance";
import { ResultsChange } from "./results_change";
import { ResultsCross } from "./results_cross";
import { ResultsDrivers } from "./results_drivers";
import { ResultsFilters } from "./results_filters";
import { ResultsFunnel } from "./results_funnel";
import { ResultsMode } from "./results_mode";
import { ResultsReasons } from "./results_reasons";
import { ResultsTable } from "./results_table";
import { ResultsTexts } from "./results_texts";
import { ResultsTrend } from "./results_trend";
import { METRICS, span } from "./results_words";

/**
 * The results of surveys: a metric with its bounds, where it came from and whom it is about. All
 * of it comes from one call; a figure that rests on too few answers is not shown.
 */
export class ResultsPage extends Component {
    static template = "crm_surveys.ResultsPage";
    static components = {
        Layout,
        ResultsBalance,
        ResultsChange,
        ResultsCross,
        ResultsDrivers,
        ResultsFilters,
        ResultsFunnel,
        ResultsMode,
        ResultsReasons,
        ResultsTable,
        ResultsTexts,
        ResultsTrend,
    };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ data: null });
        this.change = this.change.bind(this);
        onWillStart(() => this.load(this.props.action.context?.results_filters || {}));
    }

    async load(filters) {
        this.state.data = await this.orm.call("crm.survey.result", "get_results", [filters]);
    }

    /** Load the page anew with some filters changed; an empty value takes a filter away. */
    change(changes) {
        const filters = { ...this.state.data.filters, ...changes };
        for (const name of Object.keys(filters)) {
            if (!filters[name]) {
                delete filters[name];
            }
        }
        if (filters.days) {
            delete filters.start;
            delete filters.end;
        }
        return this.load(filters);
    }

    get metric() {
        return METRICS[this.state.data.filters.metric];
    }

    /** What a cross table can be made of: whatever has values, but for what is no field. */
    get crossed() {
        return this.state.data.options.dimensions.filter(
            ({ name, values }) => values.length > 1 && !["tag", "topic", "reason"].includes(name)
        );
    }

    get total() {
        const { total, minimum } = this.state.data;
        const { metric } = this.state.data.filters;
        const count = (value) => ({ value, percent: total.count ? (100 * value) / total.count : 0 });
        const parts = [{ id: "good", label: this.metric.good, ...count(total.good) }];
        if (metric === "nps") {
            parts.push({ id: "middle", label: _t("Passives"), ...count(total.middle) });
        }
        parts.push({ id: "bad", label: this.metric.bad, ...count(total.bad) });
        return {
            ...total,
            isShown: total.value !== null,
            span: span(total),
            few: _t("Too few answers: %(count)s of %(minimum)s", {
                count: total.count,
                minimum,
            }),
            parts,
        };
    }

    async print() {
        const { filters } = this.state.data;
        const report = await this.orm.call("crm.survey.summary", "action_print", [filters]);
        return this.action.doAction(report);
    }

    get fileUrl() {
        const filters = encodeURIComponent(JSON.stringify(this.state.data.filters));
        return `/crm_surveys/results.xlsx?filters=${filters}`;
    }

    /** Open the answers that are counted. */
    openFacts() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Answers of Customers"),
            res_model: "crm.survey.fact",
            views: [
                [false, "list"],
                [false, "pivot"],
                [false, "graph"],
                [false, "form"],
            ],
            domain: this.state.data.domain,
        });
    }
}

registry.category("actions").add("crm_surveys.results", ResultsPage);
