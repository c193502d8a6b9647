import { browser } from "@web/core/browser/browser";

const TYPED = 2000; // milliseconds without a key after which a question was typed to its end
const MODEL = "crm.knowledge.query";

/**
 * Tells the server what is searched and whether something of it is opened, so that gaps are found.
 * Who has asked is not kept; half-typed words are not told.
 */
export class QuestionLog {
    /**
     * @param {object} orm
     * @param {[string, number]|[]} record model and id of the record that is open, if any
     */
    constructor(orm, record = []) {
        this.orm = orm;
        this.record = record;
        this.forget();
    }

    forget() {
        browser.clearTimeout(this.timer);
        this.waiting = "";
        this.token = Promise.resolve("");
    }

    /** @param {string} text what stands in the search box now */
    typed(text) {
        this.forget();
        this.waiting = text.trim();
        this.timer = browser.setTimeout(() => this.note(), TYPED);
    }

    note() {
        browser.clearTimeout(this.timer);
        const text = this.waiting;
        this.waiting = "";
        if (text) {
            this.token = this.orm.silent.call(MODEL, "note_search", [text, ...this.record]);
        }
    }

    /** Something of what was found is opened. */
    async opened() {
        this.note();
        const token = await this.token;
        this.token = Promise.resolve("");
        if (token) {
            await this.orm.silent.call(MODEL, "note_opened", [token]);
        }
    }
}
