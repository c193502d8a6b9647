import { Component, onWillStart, onWillUnmount, useRef, useState } from "@odoo/owl";
import { Layout } from "@web/search/layout";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { useLive } from "../common/kpi_live";
import { ZONES, tellPercent, tellPeriod, tellValue } from "../common/kpi_words";

/** A wall shows the next scorecard after so many seconds. */
const WALL_SECONDS = 20;

/**
 * The company and its teams on a scorecard, the best first. On a wall it fills the screen, shows
 * one scorecard after the other, and follows what is counted by itself.
 */
export class KpiBoard extends Component {
    static template = "crm_kpi.Board";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.display = { controlPanel: {} };
        this.state = useState({ cards: [], board: null, isWall: false });
        this.percent = tellPercent;
        this.period = tellPeriod;
        this.timer = null;
        this.onFullscreen = () => this.followWall();
        useLive(() => this.load({}));
        onWillStart(() => this.load({}));
        document.addEventListener("fullscreenchange", this.onFullscreen);
        onWillUnmount(() => {
            document.removeEventListener("fullscreenchange", this.onFullscreen);
            clearInterval(this.timer);
        });
    }

    async load({ card = this.state.board?.card, back = this.state.board?.back || 0 }) {
        const { cards, board } = await this.orm.call("crm.kpi.card", "get_board", [
            card || false,
            back,
        ]);
        Object.assign(this.state, { cards, board });
    }

    get tiles() {
        const { mean, zones } = this.state.board.total;
        return [
            { id: "mean", label: _t("Mean score"), value: this.percent(mean), className: "" },
            ...[
                ["green", _t("Green")],
                ["yellow", _t("Yellow")],
                ["red", _t("Red")],
            ].map(([zone, label]) => ({
                id: zone,
                label,
                value: zones[zone],
                className: `text-${ZONES[zone]}`,
            })),
        ];
    }

    badge({ zone }) {
        return `text-bg-${ZONES[zone] || "secondary"}`;
    }

    lineName({ id }) {
        return this.state.board.lines.find((line) => line.id === id).name;
    }

    money(amount) {
        return tellValue(amount, "money", this.state.board.currency);
    }

    download() {
        const { card, back } = this.state.board;
        return this.action.doAction({
            type: "ir.actions.act_url",
            url: `/crm_kpi/board/${card}/${back}.xlsx`,
            target: "download",
        });
    }

    openWall() {
        return this.root.el.requestFullscreen();
    }

    /** The browser leaves the full screen by itself, too: what is shown follows it. */
    followWall() {
        this.state.isWall = Boolean(document.fullscreenElement);
        clearInterval(this.timer);
        if (this.state.isWall) {
            this.timer = setInterval(() => this.showNext(), WALL_SECONDS * 1000);
        }
    }

    showNext() {
        const { cards, board } = this.state;
        const place = cards.findIndex(({ id }) => id === board.card);
        return this.load({ card: cards[(place + 1) % cards.length].id, back: 0 });
    }

    openFacts(row) {
        const [first, last] = this.state.board.period;
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: row.name,
            res_model: "crm.kpi.fact",
            views: [
                [false, "list"],
                [false, "pivot"],
            ],
            domain: [
                ["user_id", "=", row.id],
                ["date", ">=", first],
                ["date", "<=", last],
            ],
        });
    }
}

registry.category("actions").add("crm_kpi.board", KpiBoard);
