from odoo import models
from odoo.fields import Domain


class CrmKnowledgeArticle(models.Model):
    """Whom an article is for."""

    _inherit = "crm.knowledge.article"

    def _get_reader_domain(self):
        """Return the domain of the employees whom the limits of access let read the article.

        It is the other side of the record rules, for choosing many people in one statement;
        before somebody is asked, the rules themselves have the last word.
        """
        self.ensure_one()
        # sudo: whom an article is for is the same for whoever asks
        article = self.sudo()
        group = self.env["ir.model.data"]._xmlid_to_res_id("crm_knowledge.group_user")
        domain = Domain([("active", "=", True), ("share", "=", False)])
        domain &= Domain("all_group_ids", "in", [group])
        companies = (article.company_id | article.category_id.company_id).ids
        for company_id in companies:
            domain &= Domain("company_ids", "in", [company_id])
        for entry in (article, *article.category_id.limiting_ids):
            domain &= entry._get_admitted_people()
        return domain

    def _get_audience_domain(self):
        """Hook: return the domain of the employees who have to confirm the article."""
        self.ensure_one()
        # sudo: as above
        article = self.sudo().with_context(active_test=False)
        teams = article.confirm_team_ids
        chosen = Domain("id", "in", (article.confirm_user_ids | teams.user_id).ids)
        chosen |= Domain("all_group_ids", "in", article.confirm_group_ids.ids)
        chosen |= Domain("crm_team_member_ids.crm_team_id", "in", teams.ids)
        if not (article.confirm_user_ids or teams or article.confirm_group_ids):
            chosen = Domain.TRUE
        return self._get_reader_domain() & chosen

    def _get_audience(self):
        """Return the employees who have to confirm the article, in the order of their names."""
        self.ensure_one()
        # sudo: as above
        return self.env["res.users"].sudo().search(self._get_audience_domain())
