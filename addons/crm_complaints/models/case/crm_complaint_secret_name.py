from odoo import SUPERUSER_ID, api, models


class CrmComplaint(models.Model):
    """The name of a secret complaint is secret, too, wherever another record links to it.

    Odoo reads the label of a link past the record rules: whoever sees a complaint would read on it
    the name of an older one that has become confidential since.
    """

    _inherit = "crm.complaint"

    @api.depends("is_confidential", "hidden_user_ids")
    @api.depends_context("uid")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        self._get_unnameable().display_name = self.env._("Confidential complaint")
        return result

    def _get_unnameable(self):
        """Return those of these complaints whose name the person at the screen must not read.

        Without sudo the record itself could not be read, and the system has no secrets before
        itself. Customers read their own complaints on pages that check it.
        """
        user = self.env.user
        if not self.env.su or self.env.uid == SUPERUSER_ID or not user._is_internal():
            return self.browse()
        secret = self.filtered(lambda c: c.id and (c.is_confidential or user in c.hidden_user_ids))
        readable = secret.sudo(False)._filtered_access("read")
        return secret.filtered(lambda complaint: complaint.id not in readable._ids)
