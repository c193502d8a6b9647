from odoo import models
from odoo.fields import Command


class CrmStandardViolation(models.Model):
    """Nobody gets to know of a complaint that is hidden from him through the register.

    The record rules hide the violation (``security/rules.xml``): from whom the complaint is about
    always, and of a confidential complaint from everybody but those who see it and whoever is
    blamed. Here stands that nobody gets to know by mail, activity or reminder.
    """

    _inherit = "crm.standard.violation"

    def _filter_let_in(self, users):
        """Return those of ``users`` who may see this violation by the secrecy of its complaint."""
        self.ensure_one()
        # sudo: the answer must not depend on who asks
        violation = self.sudo()
        complaint = violation.complaint_id
        if not complaint:
            return users
        blamed = (users & violation.user_id) - complaint.hidden_user_ids
        return complaint._filter_let_in(users) | blamed

    def _deadline_get_user(self):
        return self._filter_let_in(super()._deadline_get_user())

    def _deadline_get_leaders(self):
        """Remind no leader of a complaint he must not see."""
        leaders = super()._deadline_get_leaders()
        return {key: self.browse(key)._filter_let_in(user) for key, user in leaders.items()}

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Tell nobody who must not see the complaint, follower or not."""
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        shut_out = self._get_shut_out_partners([person["id"] for person in recipients])
        return [person for person in recipients if person["id"] not in shut_out.ids]

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Let nobody follow who must not see the complaint."""
        shut_out = self._get_shut_out_partners(partner_ids or []).ids
        allowed = [partner for partner in partner_ids or [] if partner not in shut_out]
        return super()._message_subscribe(allowed, subtype_ids, customer_ids)

    def message_post(self, *, partner_ids=None, **kwargs):
        """Address nobody who must not see the complaint: he could read the message."""
        if partner_ids:
            shut_out = self._get_shut_out_partners(partner_ids).ids
            partner_ids = [partner for partner in partner_ids if partner not in shut_out]
        return super().message_post(partner_ids=partner_ids, **kwargs)

    def _get_shut_out_partners(self, partner_ids):
        """Return which of these partners must not learn of one of these violations."""
        partners = self.env["res.partner"].browse(partner_ids)
        # sudo: complaints and users of others
        shut_out = self.env["res.users"].sudo()
        for violation in self.sudo().filtered("complaint_id"):
            users = partners.sudo().user_ids
            shut_out |= users - violation._filter_let_in(users)
        return shut_out.partner_id

    def _shut_out(self):
        """Take what the mail system gave to those who must not see these any more (in sudo)."""
        for violation in self:
            messages = violation.message_ids
            partners = violation.message_partner_ids | messages.partner_ids
            people = partners.user_ids | violation.activity_ids.user_id
            shut_out = people - violation._filter_let_in(people)
            if not shut_out:
                continue
            partners = shut_out.partner_id
            violation.message_unsubscribe(partners.ids)
            addressed = messages.filtered(lambda message, p=partners: message.partner_ids & p)
            addressed.partner_ids = [Command.unlink(partner.id) for partner in partners]
            notices = messages.notification_ids
            notices.filtered(lambda notice, p=partners: notice.res_partner_id in p).unlink()
            activities = violation.activity_ids
            activities.filtered(lambda activity, s=shut_out: activity.user_id in s).unlink()
