import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { METRICS } from "./results_words";

const COMPARISONS = {
    none: _t("No comparison"),
    previous: _t("With the period before"),
    year: _t("With the year before"),
    wave: _t("With another survey"),
};

/** The bar of filters: metric, period, comparison, and a list for each dimension with values. */
export class ResultsFilters extends Component {
    static template = "crm_surveys.ResultsFilters";
    static props = { options: Object, filters: Object, onChange: Function };

    get metrics() {
        return this.props.options.metrics.map((id) => ({ id, name: METRICS[id].name }));
    }

    get periods() {
        return this.props.options.periods.map((days) => ({
            id: days,
            name: days === 365 ? _t("12 months") : _t("%s days", days),
        }));
    }

    get comparisons() {
        return this.props.options.comparisons.map((id) => ({ id, name: COMPARISONS[id] }));
    }

    get surveys() {
        return this.props.options.dimensions.find(({ name }) => name === "survey")?.values || [];
    }

    get waves() {
        return this.surveys.filter(({ id }) => id !== this.props.filters.survey);
    }

    get dimensions() {
        return this.props.options.dimensions.filter(
            ({ name, values }) => values.length > 1 || this.props.filters[name]
        );
    }

    pick(name, ev) {
        const { value } = ev.target;
        const dimension = this.props.options.dimensions.find((one) => one.name === name);
        const found = dimension.values.find(({ id }) => String(id) === value);
        return this.props.onChange({ [name]: found?.id || false });
    }

    pickDate(name, ev) {
        const { start, end } = this.props.filters;
        const dates = { start, end, [name]: ev.target.value };
        if (dates.start && dates.end && dates.start <= dates.end) {
            return this.props.onChange({ ...dates, days: false });
        }
    }

    pickComparison(ev) {
        const comparison = ev.target.value;
        const wave = comparison === "wave" ? this.waves[0]?.id : false;
        return this.props.onChange({ comparison, wave });
    }
}
