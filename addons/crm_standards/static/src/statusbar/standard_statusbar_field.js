import {
    RottingStatusBarDurationField,
    rottingStatusBarDurationField,
} from "@mail/js/rotting_mixin/rotting_statusbar";
import { registry } from "@web/core/registry";

/**
 * The bar of stages, honest after a refusal: when the server does not let the lead move, the bar
 * goes back to where the lead is, and whatever else was typed stays on the form.
 */
export class StandardStatusBarField extends RottingStatusBarDurationField {
    async selectItem(item) {
        const { name, record } = this.props;
        const before = record.data[name];
        try {
            await super.selectItem(item);
        } catch (error) {
            await record.update({ [name]: before });
            throw error;
        }
    }
}

export const standardStatusBarField = {
    ...rottingStatusBarDurationField,
    component: StandardStatusBarField,
    additionalClasses: ["o_field_rotting_statusbar_duration"], // carries the look
};

registry.category("fields").add("standard_statusbar", standardStatusBarField);
