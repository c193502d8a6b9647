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
        known = mailboxes.search(
            [("company_id", "in", self.company_id.ids), ("alias_name", "!=", False)]
        ).grouped(lambda mailbox: (mailbox.company_id, mailbox.team_id))
        no_team = self.env["crm.team"]
        found = {}
        for complaint in self:
            company, team = complaint.company_id, complaint.team_id
            boxes = known.get((company, team)) or known.get((company, no_team)) or mailboxes
            found[complaint.id] = boxes[:1]
        return found
