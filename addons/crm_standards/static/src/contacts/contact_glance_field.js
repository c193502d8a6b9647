import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const LOOKS = { too_few: "warning", good: "success", full: "warning", too_many: "danger" };

/**
 * How often a customer is contacted, at a glance: the last contact, the contacts of the period
 * against the least and the most, and a bar for each of the last weeks.
 */
export class ContactGlanceField extends Component {
    static template = "crm_standards.ContactGlanceField";
    static props = { ...standardFieldProps };

    get glance() {
        return this.props.record.data[this.props.name] || null;
    }

    get look() {
        return LOOKS[this.glance.state] || "secondary";
    }

    get last() {
        const { days } = this.glance;
        if (days === false) {
            return _t("No contact yet");
        }
        if (days === 0) {
            return _t("Last contact today");
        }
        return days === 1
            ? _t("Last contact yesterday")
            : _t("Last contact %(days)s days ago", { days });
    }

    get verdict() {
        const texts = {
            too_few: _t("too few"),
            good: _t("as agreed"),
            full: _t("at the limit"),
            too_many: _t("too many"),
        };
        return texts[this.glance.state] || "";
    }

    /** The bars, the oldest week first, in percent of the highest. */
    get bars() {
        const { weeks } = this.glance;
        const highest = Math.max(1, ...weeks);
        return weeks.map((count, index) => ({
            key: index,
            count,
            height: count ? Math.max(15, Math.round((count / highest) * 100)) : 4,
            title: _t("%(count)s contacts, %(weeks)s weeks ago", {
                count,
                weeks: weeks.length - 1 - index,
            }),
        }));
    }

    get summary() {
        return this.glance.weeks.reduce((sum, count) => sum + count, 0);
    }
}

export const contactGlanceField = {
    component: ContactGlanceField,
    displayName: _t("Contacts at a glance"),
    supportedTypes: ["json"],
};

registry.category("fields").add("contact_glance", contactGlanceField);
