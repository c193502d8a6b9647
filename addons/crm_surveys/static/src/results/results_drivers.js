import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

const ADVICE = {
    improve: { label: _t("Improve first"), className: "text-bg-danger" },
    keep: { label: _t("Keep"), className: "text-bg-success" },
    watch: { label: _t("Matters little"), className: "text-bg-secondary" },
    unclear: { label: _t("Not clear"), className: "text-bg-light" },
};

/** Which parts of the service go together with the metric, and how good they are. */
export class ResultsDrivers extends Component {
    static template = "crm_surveys.ResultsDrivers";
    static props = { drivers: Array };

    get drivers() {
        return this.props.drivers.map((driver) => ({ ...driver, sign: ADVICE[driver.advice] }));
    }
}
