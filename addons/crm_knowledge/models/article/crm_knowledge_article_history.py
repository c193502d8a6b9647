from odoo import fields, models
from odoo.exceptions import UserError


class CrmKnowledgeArticle(models.Model):
    """Every text an article has had, kept by Odoo's editor; drafts among them: for authors only."""

    _inherit = "crm.knowledge.article"

    html_field_history = fields.Json(copy=False, groups="crm_knowledge.group_author")
    html_field_history_metadata = fields.Json(groups="crm_knowledge.group_author")

    def _get_versioned_fields(self):
        return [*super()._get_versioned_fields(), "body"]

    def html_field_history_get_content_at_revision(self, field_name, revision_id):
        """Return an earlier text; comparing two comes through here as well."""
        self.ensure_one()
        self._check_field_access(self._fields["html_field_history"], "read")
        history = self.html_field_history or {}
        revisions = history.get(field_name, []) if isinstance(field_name, str) else []
        if not any(revision["revision_id"] == revision_id for revision in revisions):
            raise UserError(self.env._("There is no such earlier text. Reload the page."))
        return super().html_field_history_get_content_at_revision(field_name, revision_id)
