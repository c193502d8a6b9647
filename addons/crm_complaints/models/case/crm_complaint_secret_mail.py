from odoo import models
from odoo.fields import Command


class CrmComplaint(models.Model):
    """Nobody a complaint is hidden from gets to know of it by mail, activity or reminder.

    Being addressed opens a message, and being assigned opens an activity, past the rules of the
    document. So nothing new is given to these people, and what they had is taken away.
    """

    _inherit = "crm.complaint"

    def _shut_out_hidden(self):
        """Take what the mail system gave to people who must not see these complaints any more.

        What they already got by e-mail cannot be called back.
        """
        # sudo: messages and activities of other people
        for complaint in self.sudo().filtered("hidden_user_ids"):
            complaint._shut_out(complaint.hidden_user_ids)

    def _shut_out(self, users):
        self.ensure_one()
        partners = users.partner_id
        self.message_unsubscribe(partners.ids)
        messages = self.message_ids.filtered(lambda message: message.partner_ids & partners)
        messages.partner_ids = [Command.unlink(partner.id) for partner in partners]
        notices = self.message_ids.notification_ids
        notices.filtered(lambda notice: notice.res_partner_id in partners).unlink()
        activities = self.activity_ids.filtered(lambda activity: activity.user_id in users)
        if activities:
            activities.user_id = self.user_id or self.env.ref("base.user_root")

    def _get_hidden_partner_ids(self):
        """Return the ids of the partners of those any of these complaints is hidden from."""
        # sudo: the answer must not depend on who posts
        return set(self.sudo().hidden_user_ids.partner_id.ids)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Tell nobody who must not see the complaint, follower or not."""
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        hidden = self._get_hidden_partner_ids()
        return [person for person in recipients if person["id"] not in hidden]

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Let nobody follow whom one of these complaints is hidden from."""
        hidden = self._get_hidden_partner_ids()
        allowed = [partner for partner in partner_ids or [] if partner not in hidden]
        return super()._message_subscribe(allowed, subtype_ids, customer_ids)

    def message_post(self, *, partner_ids=None, **kwargs):
        """Address nobody whom the complaint is hidden from: he could read the message."""
        if partner_ids:
            hidden = self._get_hidden_partner_ids()
            partner_ids = [partner for partner in partner_ids if partner not in hidden]
        return super().message_post(partner_ids=partner_ids, **kwargs)

    def _deadline_get_shut_out(self, users):
        """Have the ladder tell nobody who must not see the complaint, on whatever ground."""
        # sudo: the ladder runs as the system
        return {complaint.id: users - complaint._filter_let_in(users) for complaint in self.sudo()}

    def _deadline_get_leaders(self):
        """Remind no leader of a complaint he must not see."""
        leaders = super()._deadline_get_leaders()
        # sudo: the ladder runs as the system
        hidden = {complaint.id: complaint.hidden_user_ids for complaint in self.sudo()}
        return {key: leader - hidden[key] for key, leader in leaders.items()}
