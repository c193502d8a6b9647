from odoo import models


class CrmKnowledgeArticle(models.Model):
    """Messages about an article reach nobody who may not read it, follower or not."""

    _inherit = "crm.knowledge.article"

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        if not self:
            return recipients
        self.ensure_one()
        # sudo: who else is told must not depend on who posts
        partners = self.env["res.partner"].sudo().browse(person["id"] for person in recipients)
        users = partners.user_ids
        shut_out = (users - self._filter_readers(users)).partner_id
        return [person for person in recipients if person["id"] not in set(shut_out.ids)]
