import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/**
 * Says once that a person has the page of a survey before the eyes: whoever points, touches,
 * scrolls or types. Programs that fetch all links of a mail do none of it.
 */
export class SurveySeen extends Interaction {
    static selector = "form[data-seen-path]";
    dynamicContent = {
        _window: {
            "t-on-pointermove.once": this.tell,
            "t-on-pointerdown.once": this.tell,
            "t-on-scroll.once": this.tell,
            "t-on-keydown.once": this.tell,
        },
    };

    tell() {
        if (this.isTold || document.visibilityState !== "visible") {
            return;
        }
        this.isTold = true;
        const body = new FormData();
        body.append("csrf_token", this.el.elements.csrf_token.value);
        // outlives the page; an answer is not waited for, and a failure is nobody's concern
        fetch(this.el.dataset.seenPath, { method: "POST", body, keepalive: true }).catch(() => {});
    }
}

registry.category("public.interactions").add("crm_surveys.seen", SurveySeen);
