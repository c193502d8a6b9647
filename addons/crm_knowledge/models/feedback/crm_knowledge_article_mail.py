from odoo import models


class CrmKnowledgeArticle(models.Model):
    """Messages about an article reach nobody who may not read it, follower or not.

    A contact without a user reads nothing here, so nothing is sent there either.
    """

    _inherit = "crm.knowledge.article"

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        if not self:
            return recipients
        self.ensure_one()
        # sudo: who else is told must not depend on who posts
        partners = self.env["res.partner"].sudo().browse(person["id"] for person in recipients)
        told = set(self._filter_readers(partners.user_ids).partner_id.ids)
        return [person for person in recipients if person["id"] in told]
