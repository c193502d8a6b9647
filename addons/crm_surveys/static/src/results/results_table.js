import { Component, useState } from "@odoo/owl";
import { CHANGES, METRICS, span } from "./results_words";

/** Rows shown before somebody asks for all. */
const FEW = 8;

/** The metric for each value of a dimension, with a bar of its bounds on the scale. */
export class ResultsTable extends Component {
    static template = "crm_surveys.ResultsTable";
    static props = { table: Object, metric: String, onPick: Function };

    setup() {
        this.state = useState({ isOpen: false });
    }

    get rows() {
        const { table, metric } = this.props;
        const { floor } = METRICS[metric];
        const place = (value) => (100 * (value - floor)) / (100 - floor);
        const rows = this.state.isOpen ? table.rows : table.rows.slice(0, FEW);
        return rows.map((row) => ({
            ...row,
            isShown: row.value !== null,
            bar: `left: ${place(row.low)}%; width: ${place(row.high) - place(row.low)}%`,
            dot: `left: ${place(row.value)}%`,
            span: span(row),
            sign: CHANGES[row.change],
        }));
    }

    get isLong() {
        return this.props.table.rows.length > FEW;
    }
}
