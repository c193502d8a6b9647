import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { FetchRecordError } from "@web/model/relational_model/errors";
import { FormController } from "@web/views/form/form_controller";
import { FormRenderer } from "@web/views/form/form_renderer";
import { formView } from "@web/views/form/form_view";
import { StatusBarButtons } from "@web/views/form/status_bar_buttons/status_bar_buttons";

/** As many deeds are offered side by side: with more, the stages beside them would fold up. */
const BUTTONS = 3;

/**
 * The buttons of a complaint: those that come first in the view and fit its state, then “More”.
 *
 * What another add-on puts into the header takes its place by itself, so the stages stay in sight
 * however many deeds there are.
 */
export class ComplaintStatusBarButtons extends StatusBarButtons {
    static template = "crm_complaints.StatusBarButtons";

    get firstSlotNames() {
        return this.visibleSlotNames.slice(0, this.splitAt);
    }

    get otherSlotNames() {
        return this.visibleSlotNames.slice(this.splitAt);
    }

    /** A menu of one entry would take the room of the button it hides. */
    get splitAt() {
        return this.visibleSlotNames.length > BUTTONS ? BUTTONS - 1 : BUTTONS;
    }
}

class ComplaintFormRenderer extends FormRenderer {
    static components = {
        ...FormRenderer.components,
        StatusBarButtons: ComplaintStatusBarButtons,
    };
}

/** Goes back to where one came from when a complaint was saved out of one's sight. */
class ComplaintFormController extends FormController {
    setup() {
        super.setup();
        this.notification = useService("notification");
    }

    async save(params) {
        try {
            return await super.save(params);
        } catch (error) {
            if (!(error instanceof FetchRecordError)) {
                throw error;
            }
            this.notification.add(
                _t("Saved and handed on. The complaint is no longer among those you see."),
                { type: "success" }
            );
            // what was saved must not be saved once more on leaving
            await this.model.root.discard();
            await this.env.config.historyBack();
            return false;
        }
    }
}

registry.category("views").add("complaint_form", {
    ...formView,
    Controller: ComplaintFormController,
    Renderer: ComplaintFormRenderer,
});
