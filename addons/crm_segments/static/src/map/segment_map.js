import { Component, onWillStart, useState } from "@odoo/owl";
import { formatCurrency } from "@web/core/currency";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { ParetoChart } from "./pareto_chart";
import { PortfolioChart } from "./portfolio_chart";
import { getTagColor } from "./segment_chart";

/**
 * The map of customers: the Pareto curve, ABC against XYZ, the BCG portfolio. Figures open the
 * customers they count.
 */
export class SegmentMap extends Component {
    static template = "crm_segments.Map";
    static components = { Layout, ParetoChart, PortfolioChart };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ data: null });
        this.open = this.open.bind(this);
        this.formatAmount = this.formatAmount.bind(this);
        onWillStart(() => this.load({}));
    }

    async load(chosen) {
        this.state.data = await this.orm.call("crm.segment.method", "get_map", [], {
            chosen: { ...this.state.data?.chosen, ...chosen },
        });
    }

    choose(kind, ev) {
        return this.load({ [kind]: Number(ev.target.value) });
    }

    /** Kinds between which there is a choice. */
    get choices() {
        const { methods, chosen } = this.state.data;
        const labels = { abc: _t("ABC"), xyz: _t("XYZ"), bcg: _t("BCG") };
        return Object.entries(labels)
            .map(([kind, label]) => ({ kind, label, methods: methods[kind], id: chosen[kind] }))
            .filter((choice) => choice.methods.length > 1);
    }

    get isEmpty() {
        return Object.values(this.state.data.chosen).every((id) => !id);
    }

    /** The busiest cell is the darkest: eyes find it before they read. */
    shade(cell) {
        const counts = this.state.data.matrix.rows.flatMap((row) =>
            row.cells.map(({ amount }) => amount)
        );
        const most = Math.max(...counts, 1);
        const strength = Math.max(0, cell.amount) / most;
        return `background-color: rgba(var(--primary-rgb), ${(strength * 0.45).toFixed(2)})`;
    }

    /** A class has the color of its tags. */
    edge(segment) {
        return `border-left: 4px solid ${getTagColor(segment.color)}`;
    }

    /** Three digits are enough to compare: 1.23M, 36.5k, 654k. */
    formatAmount(amount, currencyId = this.state.data.currency_id) {
        const size = Math.floor(Math.log10(Math.max(Math.abs(amount), 1)));
        const digits = [16, size < 3 ? 0 : 2 - (size % 3)];
        return formatCurrency(amount, currencyId, { humanReadable: true, digits });
    }

    formatShare(share) {
        return `${(share || 0).toFixed(1)} %`;
    }

    open({ domain, name }) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "crm.segment.membership",
            views: [
                [false, "list"],
                [false, "kanban"],
                [false, "graph"],
                [false, "pivot"],
            ],
            domain,
        });
    }

    openMethods() {
        return this.action.doAction("crm_segments.crm_segment_method_action");
    }
}

registry.category("actions").add("crm_segments.map", SegmentMap);
