import { Component } from "@odoo/owl";
import { CHANGES } from "./results_words";

/** Whether a figure moved, and from where; nothing where one of both rests on too few answers. */
export class ResultsChange extends Component {
    static template = "crm_surveys.ResultsChange";
    static props = { total: Object };

    get sign() {
        return CHANGES[this.props.total.change];
    }
}
