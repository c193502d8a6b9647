import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { Interaction } from "@web/public/interaction";

const FEWEST_SIGNS = 8;
const WAIT = 700;

/**
 * Answers beside a form, before it is sent: maybe nobody has to write.
 *
 * A form has it by an element of this class within it; `data-fields` names what is asked by:
 * `<div class="o_knowledge_suggest" data-fields="name,description"/>`.
 */
export class KnowledgeSuggest extends Interaction {
    static selector = ".o_knowledge_suggest";
    dynamicSelectors = { ...this.dynamicSelectors, _form: () => this.el.closest("form") };
    dynamicContent = {
        _form: { "t-on-input": this.debounced(this.onInput, WAIT) },
    };

    setup() {
        this.last = new KeepLast();
        this.asked = "";
    }

    get text() {
        const form = this.el.closest("form");
        return (this.el.dataset.fields || "")
            .split(",")
            .map((name) => form?.elements[name.trim()]?.value || "")
            .join("\n")
            .trim();
    }

    async onInput() {
        const text = this.text;
        if (text === this.asked || text.length < FEWEST_SIGNS) {
            return;
        }
        this.asked = text;
        const answers = await this.waitFor(this.last.add(rpc("/knowledge/suggest", { text })));
        this.renderAnswers(answers);
    }

    renderAnswers(answers) {
        this.el.replaceChildren();
        if (!answers.length) {
            return;
        }
        this.renderAt("crm_knowledge.Suggest", { answers }, this.el);
    }
}

registry.category("public.interactions").add("crm_knowledge.suggest", KnowledgeSuggest);
