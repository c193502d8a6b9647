import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const COLORS = {
    open: "text-success border border-success",
    advise: "text-bg-info",
    record: "text-bg-warning",
    block: "text-bg-danger",
};

/**
 * On a card of the board: how much the standards still ask, and of which stage.
 */
export class StandardBadgeField extends Component {
    static template = "crm_standards.StandardBadgeField";
    static props = { ...standardFieldProps };

    get badge() {
        return this.props.record.data[this.props.name];
    }

    get color() {
        return COLORS[this.badge.strength];
    }

    get text() {
        const { kind, count, stage } = this.badge;
        if (kind === "lacking") {
            return _t("%s missing here", count);
        }
        return kind === "next" ? _t("%(count)s missing for %(stage)s", { count, stage }) : _t("Ready");
    }

    get title() {
        const { kind, stage } = this.badge;
        return kind === "ready" ? _t("Ready for %s", stage) : this.text;
    }
}

registry.category("fields").add("standard_badge", {
    component: StandardBadgeField,
    displayName: _t("Standards on the card"),
    supportedTypes: ["json"],
});
