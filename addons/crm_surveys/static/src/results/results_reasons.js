import { Component } from "@odoo/owl";
import { span } from "./results_words";

/** The reasons customers chose in one question; a click shows the answers of those who did. */
export class ResultsReasons extends Component {
    static template = "crm_surveys.ResultsReasons";
    static props = {
        table: Object,
        hasSurvey: Boolean,
        picked: { type: Number, optional: true },
        onPick: Function,
    };

    get rows() {
        return this.props.table.rows.map((row) => ({
            ...row,
            span: span(row),
            isPicked: row.id === this.props.picked,
        }));
    }

    /** Filter by a reason; by the one that is filtered by already, no more. */
    pick(row) {
        return this.props.onPick({ reason: row.isPicked ? false : row.id });
    }
}
