import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

const VERDICTS = { fewer: _t("fewer than of others"), more: _t("more than of others") };

/** Of whose customers clearly fewer or more were asked than luck explains. */
export class ResultsBalance extends Component {
    static template = "crm_surveys.ResultsBalance";
    static props = { balance: Array };

    get rows() {
        return this.props.balance.map((row) => ({ ...row, words: VERDICTS[row.verdict] }));
    }
}
