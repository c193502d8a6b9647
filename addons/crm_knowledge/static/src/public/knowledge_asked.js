import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Tells what a visitor has asked, so that what has no answer is written: looking writes nothing. */
export class KnowledgeAsked extends Interaction {
    static selector = ".o_knowledge_found[data-asked]";

    start() {
        rpc("/knowledge/asked", { text: this.el.dataset.asked }, { silent: true });
    }
}

registry.category("public.interactions").add("crm_knowledge.asked", KnowledgeAsked);
