import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { METRICS, span } from "./results_words";

/** The metric by two dimensions at once; the color says where on its scale a figure stands. */
export class ResultsCross extends Component {
    static template = "crm_surveys.ResultsCross";
    static props = { filters: Object, dimensions: Array };

    setup() {
        this.orm = useService("orm");
        this.sides = { rows: _t("Rows"), columns: _t("Columns") };
        const [rows, columns] = this.props.dimensions.map(({ name }) => name);
        this.state = useState({ rows, columns, table: null });
        onWillStart(() => this.load());
        onWillUpdateProps((props) => this.load(props.filters));
    }

    async load(filters = this.props.filters) {
        const { rows, columns } = this.state;
        this.state.table = await this.orm.call("crm.survey.result", "get_cross_table", [
            filters,
            rows,
            columns,
        ]);
    }

    /** Choose a dimension; where it was the other one's, both change places. */
    pick(side, ev) {
        const other = side === "rows" ? "columns" : "rows";
        if (ev.target.value === this.state[other]) {
            this.state[other] = this.state[side];
        }
        this.state[side] = ev.target.value;
        return this.load();
    }

    cell({ value, low, high, count }) {
        if (value === null) {
            return { text: "–", style: "", title: String(count) };
        }
        const { floor } = METRICS[this.props.filters.metric];
        const place = (value - floor) / (100 - floor);
        return {
            text: value,
            style: `background-color: hsla(${Math.round(120 * place)}, 60%, 50%, 0.25)`,
            title: `${span({ low, high })} (${count})`,
        };
    }
}
