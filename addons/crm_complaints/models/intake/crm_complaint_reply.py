from odoo import models


class CrmComplaint(models.Model):
    """Answers to our mails come back to the mailbox that the complaint's team reads."""

    _inherit = "crm.complaint"

    def _notify_get_reply_to(self, default=None, author_id=False):
        mailboxes = self._get_mailboxes()
        addresses = super()._notify_get_reply_to(default=default, author_id=author_id)
        for complaint in self.filtered(lambda complaint: mailboxes[complaint.id]):
            mailbox = mailboxes[complaint.id]
            found = mailbox._notify_get_reply_to(default=default, author_id=author_id)
            addresses[complaint.id] = found[mailbox.id]
        return addresses

    def _get_mailboxes(self):
        """Return the mailbox of each complaint by its id: its team's, else that of no team."""
        # sudo: where answers go does not depend on who writes
        mailboxes = self.env["crm.complaint.mailbox"].sudo()
        all_ = mailboxes.search(
            [("company_id", "in", self.company_id.ids), ("alias_name", "!=", False)]
        )
        found = {}
        for complaint in self:
            own = all_.filtered(lambda box, c=complaint: box.company_id == c.company_id)
            of_team = own.filtered(
                lambda box, c=complaint: box.team_id and box.team_id == c.team_id
            )
            of_all = own.filtered(lambda box: not box.team_id)
            found[complaint.id] = (of_team or of_all)[:1]
        return found
