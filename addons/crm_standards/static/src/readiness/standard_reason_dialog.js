import { Component, useRef, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useAutofocus } from "@web/core/utils/hooks";

/** Asks for a reason before something is asked of somebody else. */
export class StandardReasonDialog extends Component {
    static template = "crm_standards.StandardReasonDialog";
    static components = { Dialog };
    static props = {
        title: String,
        text: { type: String, optional: true },
        confirmLabel: String,
        isRequired: { type: Boolean, optional: true },
        confirm: Function,
        close: Function,
    };

    setup() {
        this.input = useRef("autofocus");
        useAutofocus();
        this.state = useState({ reason: "", isBusy: false });
    }

    get canConfirm() {
        return !this.state.isBusy && (!this.props.isRequired || this.state.reason.trim() !== "");
    }

    async confirm() {
        this.state.isBusy = true;
        try {
            await this.props.confirm(this.state.reason.trim());
            this.props.close();
        } finally {
            // refused by the server: what was written stays, to be asked anew
            this.state.isBusy = false;
        }
    }
}
