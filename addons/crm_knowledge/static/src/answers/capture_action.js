import { registerMessageAction } from "@mail/core/common/message_actions";
import { _t } from "@web/core/l10n/translation";

/** Models whose records ask the knowledge base, see `crm.knowledge.askable`; bridges add theirs. */
export const ASKABLE = new Set(["crm.lead", "res.partner"]);

registerMessageAction("write-down", {
    condition: ({ message, store, thread }) =>
        Boolean(thread) &&
        ASKABLE.has(thread.model) &&
        ["comment", "email", "email_outgoing"].includes(message.message_type) &&
        message.persistent !== false &&
        store.self.main_user_id?.share === false,
    icon: "fa fa-pencil",
    name: _t("Write It Down as an Article"),
    onSelected: async ({ message, store }) => {
        const { orm, action } = store.env.services;
        const dialog = await orm.call("crm.knowledge.capture", "open_from_message", [message.id]);
        await action.doAction(dialog);
    },
    sequence: 91,
});
