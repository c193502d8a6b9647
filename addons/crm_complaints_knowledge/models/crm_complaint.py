from odoo import models
from odoo.exceptions import UserError

from odoo.addons.crm_knowledge.logic.text import strip_html


class CrmComplaint(models.Model):
    """A complaint asks in the complainant's words, and by its category and causes."""

    _name = "crm.complaint"
    _inherit = ["crm.knowledge.askable", "crm.complaint"]

    def _get_knowledge_texts(self):
        return [self.name, strip_html(self.description), *self._get_customer_messages()]

    def _get_knowledge_links(self):
        return {
            "complaint_category_ids": self.category_id.ids,
            "complaint_cause_ids": self.cause_share_ids.cause_id.ids,
            "partner_category_ids": (
                self.partner_id.category_id | self.commercial_partner_id.category_id
            ).ids,
        }

    def _get_knowledge_customer(self):
        return self.partner_id

    def _get_knowledge_team(self):
        return self.team_id or super()._get_knowledge_team()

    def _get_knowledge_lang(self):
        return self.lang or super()._get_knowledge_lang()

    def _get_knowledge_variables(self):
        variables = super()._get_knowledge_variables()
        variables["customer"] = variables["customer"] or self.contact_name or ""
        variables["complaint"] = self.number or ""
        return variables

    def action_capture_knowledge(self):
        self._check_askable()
        self._check_no_secret()
        return super().action_capture_knowledge()

    def _get_capture_texts(self):
        self._check_no_secret()
        title, question, answer = super()._get_capture_texts()
        return self.name or title, strip_html(self.description) or question, answer

    def _check_no_secret(self):
        """Refuse to copy from a case that not everybody may know of."""
        if self.is_confidential or self.sudo().about_user_ids:  # sudo: whoever they are
            raise UserError(
                self.env._(
                    "“%(number)s” is confidential or about employees: nothing is copied from it."
                    " Write the article by hand, so that nobody recognizes the case.",
                    number=self.number,
                )
            )

    def _get_capture_links(self):
        return {
            **super()._get_capture_links(),
            "complaint_category_ids": self.category_id.ids,
            "complaint_cause_ids": self.cause_share_ids.cause_id.ids,
        }

    def _get_private_names(self):
        own = [self.contact_name, self.number, self.reference, self.on_behalf_partner_id.name]
        return [*super()._get_private_names(), *filter(None, own)]
