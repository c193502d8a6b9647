import { registerMessageAction } from "@mail/core/common/message_actions";
import { _t } from "@web/core/l10n/translation";

/** Models whose messages make no complaint: complaints themselves, and what is no document. */
const OTHERS = ["crm.complaint", "mail.box"];

registerMessageAction("make-complaint", {
    condition: ({ message, store, thread }) =>
        Boolean(thread) &&
        !OTHERS.includes(thread.model) &&
        Boolean(message.message_type) &&
        message.message_type !== "user_notification" &&
        message.persistent !== false &&
        store.self.main_user_id?.share === false,
    icon: "fa fa-commenting-o",
    name: _t("Make a Complaint of It"),
    onSelected: async ({ message, owner, store, thread }) => {
        const { orm, action, notification } = store.env.services;
        const complaint = await orm.call("crm.complaint", "register_message", [message.id]);
        let text = _t("There is already a complaint of this message.");
        if (complaint.is_new) {
            text = _t("Complaint %s is registered.", complaint.number);
        } else if (complaint.is_readable) {
            text = _t("There is already complaint %s of this message.", complaint.number);
        }
        const buttons = complaint.is_readable
            ? [
                  {
                      name: _t("Open"),
                      primary: true,
                      onClick: () =>
                          action.doAction({
                              type: "ir.actions.act_window",
                              res_model: "crm.complaint",
                              res_id: complaint.id,
                              views: [[false, "form"]],
                          }),
                  },
              ]
            : [];
        notification.add(text, { type: "success", buttons });
        thread.fetchNewMessages();
    },
    sequence: 90,
});
