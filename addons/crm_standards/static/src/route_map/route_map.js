import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import { formatMonetary } from "@web/views/fields/formatters";
import { Layout } from "@web/search/layout";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { layOut, NODE, thickness } from "./layout";

const VERDICT_LABELS = {
    allowed: _t("allowed"),
    forbidden: _t("against the standard"),
    free: _t("nothing said"),
};
const STRENGTH_LABELS = {
    advise: _t("advised"),
    record: _t("goes on record"),
    block: _t("required"),
};

/**
 * The process of a team as a map: its stages, the ways the standards allow, the ways deals really
 * take, and where they wait. Opened from an opportunity it shows the way that one has come.
 */
export class RouteMap extends Component {
    static template = "crm_standards.RouteMap";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.node = NODE;
        this.display = { controlPanel: {} };
        this.state = useState({ map: null, room: 0, stage: null });
        const { lead_id: leadId } = this.props.action.params || {};
        this.leadId = leadId || false;
        onWillStart(() => this.load(false));
        // on a phone, and with many stages, what a stage asks would open below the screen
        useEffect(
            () => this.root.el.querySelector(".o_route_map_details")?.scrollIntoView({ block: "nearest" }),
            () => [this.state.stage]
        );
        const observer = new ResizeObserver(() => this.measure());
        onMounted(() => {
            this.measure();
            observer.observe(this.root.el);
        });
        onWillUnmount(() => observer.disconnect());
    }

    async load(teamId) {
        this.state.map = await this.orm.call("crm.standard.route.map", "get_map", [], {
            team_id: teamId,
            lead_id: this.leadId,
        });
        this.state.stage = null;
    }

    measure() {
        if (this.root.el && this.root.el.clientWidth !== this.state.room) {
            this.state.room = this.root.el.clientWidth;
        }
    }

    getPicture() {
        const { stages, edges } = this.state.map;
        return layOut(stages, edges, this.state.room);
    }

    get chosen() {
        return this.state.map.stages.find((stage) => stage.id === this.state.stage);
    }

    /** Moves of the busiest way; a map with few moves has no thick lines. */
    get most() {
        return Math.max(10, ...this.state.map.edges.map((edge) => edge.moves));
    }

    onTeamChange(ev) {
        this.leadId = false;
        return this.load(Number(ev.target.value));
    }

    isOnPath(stageId) {
        return Boolean(this.state.map.lead && this.state.map.lead.path.includes(stageId));
    }

    isTaken(way) {
        const path = this.state.map.lead ? this.state.map.lead.path : [];
        return path.some((stage, index) => stage === way.from && path[index + 1] === way.to);
    }

    wayClass(way) {
        const { verdict } = way;
        return `o_route_map_way o_route_map_${verdict} ${this.isTaken(way) ? "o_route_map_taken" : ""}`;
    }

    wayWidth(way) {
        return thickness(way.moves, this.most);
    }

    wayTitle(way) {
        const name = (id) => this.state.map.stages.find((stage) => stage.id === id).name;
        return _t("%(from)s → %(to)s: %(verdict)s, taken %(moves)s times", {
            from: name(way.from),
            to: name(way.to),
            verdict: this.verdictLabel(way),
            moves: way.moves,
        });
    }

    verdictLabel(way) {
        return way.is_conditional
            ? _t("%s for some deals", VERDICT_LABELS[way.verdict])
            : VERDICT_LABELS[way.verdict];
    }

    waysFrom(stageId) {
        return this.state.map.edges.filter((edge) => edge.from === stageId);
    }

    stageName(stageId) {
        return this.state.map.stages.find((stage) => stage.id === stageId)?.name;
    }

    strengthLabel(strength) {
        return STRENGTH_LABELS[strength];
    }

    get periodText() {
        return _t("Numbers: moves in the last %s days", this.state.map.days);
    }

    getLoad({ count, revenue }) {
        const money = this.formatMoney(revenue);
        return revenue ? _t("%(count)s open, %(money)s", { count, money }) : _t("%s open", count);
    }

    getLate({ late }) {
        return _t("%s too long here", late);
    }

    getMoves({ moves }) {
        return moves === 1 ? _t("1 move") : _t("%s moves", moves);
    }

    formatMoney(amount) {
        return formatMonetary(amount, { currencyId: this.state.map.currency, humanReadable: true });
    }

    toggle(stageId) {
        this.state.stage = this.state.stage === stageId ? null : stageId;
    }

    openDeals(stage) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: stage.name,
            res_model: "crm.lead",
            views: [
                [false, "list"],
                [false, "kanban"],
                [false, "form"],
            ],
            domain: [
                ["stage_id", "=", stage.id],
                ["team_id", "=", this.state.map.team],
                ["won_status", "=", "pending"],
            ],
        });
    }

    openLead() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.lead",
            res_id: this.state.map.lead.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("crm_standards.route_map", RouteMap);
