import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { METRICS, span } from "./results_words";

/** Whether customers answer otherwise when a person asks them on the phone. */
export class ResultsMode extends Component {
    static template = "crm_surveys.ResultsMode";
    static props = { effect: Object, metric: String };

    get verdict() {
        const { is_clear: isClear, value } = this.props.effect;
        if (!isClear) {
            return _t("No clear difference");
        }
        return value > 0 ? _t("Clearly better on the phone") : _t("Clearly worse on the phone");
    }

    get unit() {
        return METRICS[this.props.metric].unit;
    }

    get bounds() {
        return span(this.props.effect);
    }

    get sign() {
        return this.props.effect.value > 0 ? "+" : "";
    }
}
