import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const SIGNS_OF_LIFE = ["pointermove", "pointerdown", "touchstart", "wheel", "keydown"];

/**
 * Tells that the page an answer links to is read. Not when it is opened, which programs that check
 * mails do as well, but once somebody moves on it.
 */
export class KnowledgeOpened extends Interaction {
    static selector = ".o_knowledge_article[data-answer]";

    start() {
        for (const sign of SIGNS_OF_LIFE) {
            this.addListener(document, sign, () => this.tell(), { passive: true });
        }
    }

    tell() {
        const { answer } = this.el.dataset;
        delete this.el.dataset.answer;
        if (answer) {
            rpc("/knowledge/opened", { answer }, { silent: true });
        }
    }
}

registry.category("public.interactions").add("crm_knowledge.opened", KnowledgeOpened);
