from odoo import api, models

from ...intake import TurnedAway, current_mail
from ...way import MAIL, by_way

#: A subject is a line; what is longer stands in the mail.
LONGEST_SUBJECT = 200


class CrmComplaint(models.Model):
    """Complaints made of mails, and mails that join a complaint."""

    _inherit = "crm.complaint"

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        """Have core drop no mail of a busy sender: the gateway quarantines what is too much."""
        return

    @api.model
    def _routing_check_route(self, message, message_dict, route, raise_exception=True):
        """Take no quarantined mail, and of several addresses of a company one."""
        mail = current_mail()
        if mail and mail.is_turned_away:
            return ()
        if mail and not route[1]:
            company_id = (route[2] or {}).get("company_id")
            if company_id in mail.company_ids:
                return ()
            mail.company_ids.add(company_id)
        return super()._routing_check_route(message, message_dict, route, raise_exception)

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Make a complaint of a mail. If that fails, the gateway quarantines the mail."""
        mail = self._get_received_mail()
        given = {name: value for name, value in (custom_values or {}).items() if value}
        try:
            values = self._prepare_from_mail(msg_dict, mail and mail.date, given.get("company_id"))
            with by_way(MAIL):
                # core takes the address over from the mail, also an employee's
                told = {**msg_dict, "email_from": values["email_from"]}
                complaint = super().message_new(told, {**values, **given})
        except Exception as error:
            if not mail:
                raise
            # core would tell the complainant that his mail is refused; it is not, so it does not
            # learn of the error before it has left the part where it answers
            mail.error = error
            return self.browse()
        if mail:
            msg_dict["date"] = mail.date
            mail.made_ids.append(complaint.id)
            mail.landed_ids.append(complaint.id)
        return complaint

    def message_update(self, msg_dict, update_vals=None):
        mail = self._get_received_mail()
        if mail:
            msg_dict["date"] = mail.date
            mail.landed_ids += self.ids
        with by_way(MAIL):
            return super().message_update(msg_dict, update_vals)

    @api.model
    def _get_received_mail(self):
        """Return the mail that is being received; refuse what is in quarantine."""
        mail = current_mail()
        if mail and mail.is_turned_away:
            raise TurnedAway
        return mail

    @api.model
    def _prepare_from_mail(self, content, date, company_id=None):
        """Hook: return the values of a complaint from a mail as core hands mails on.

        A mail of an employee hands on what somebody else said: who complains is to be filled in.

        :param date: when it was received; the mail's own date is only a claim
        """
        author = self.env["res.partner"].browse(content.get("author_id") or [])
        subject = " ".join((content.get("subject") or "").split())
        values = {
            "name": subject[:LONGEST_SUBJECT] or self.env._("Complaint without a subject"),
            "description": content.get("body"),
        }
        if date:
            values["date_received"] = date
        if author and not author.partner_share:
            return {**values, "email_from": False}
        values["email_from"] = content.get("email_from")
        if author and author.company_id.id in (False, company_id or self.env.company.id):
            values |= {"partner_id": author.id, "email_from": author.email}
        return values

    def _post_mail(self, content, subtype_xmlid="mail.mt_comment"):
        """Add a mail, as core hands mails on, to the conversation."""
        self.ensure_one()
        names = ("message_id", "subject", "body", "email_from", "author_id", "attachments", "date")
        values = {name: content[name] for name in names if content.get(name)}
        values.setdefault("body", "")
        # the system posts for others, as core's gateway does
        thread = self.with_user(self.env.ref("base.user_root"))
        thread = thread.with_context(mail_post_autofollow_author_skip=True)
        return thread.message_post(
            **{"author_id": False, **values}, message_type="email", subtype_xmlid=subtype_xmlid
        )

    def _is_party(self, sender):
        """Whether an address is of somebody who takes part in this complaint.

        Complainant, whom he speaks for, followers, whom the conversation was addressed to, and
        employees who may see the case. Anybody else who answers has got hold of a mail.
        """
        self.ensure_one()
        if not sender:
            return False  # a mail without sender is nobody's
        # sudo: who takes part does not depend on who receives mails
        complaint = self.sudo()
        people = (
            complaint.partner_id | complaint.on_behalf_partner_id | complaint.message_partner_ids
        )
        if sender in {complaint.email_normalized, *people.mapped("email_normalized")}:
            return True
        users = self.env["res.users"].search([("email_normalized", "=", sender)])
        if employees := users.filtered(lambda user: user._is_internal()):
            return any(self.with_user(user).has_access("read") for user in employees)
        return bool(
            complaint.env["mail.message"].search_count(
                [
                    ("model", "=", self._name),
                    ("res_id", "=", self.id),
                    # a note inside the company lets nobody in
                    ("is_internal", "=", False),
                    "|",
                    ("subtype_id", "=", False),
                    ("subtype_id.internal", "=", False),
                    ("partner_ids.email_normalized", "=", sender),
                ],
                limit=1,
            )
        )
