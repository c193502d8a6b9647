from odoo import api, models

ARTICLE = "crm.knowledge.article"


class IrAttachment(models.Model):
    """What is written in the files of an article is searched like the article."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._get_knowledge_articles()._index_changed()
        return attachments

    def write(self, vals):
        before = self._get_knowledge_articles()
        result = super().write(vals)
        if not {"name", "index_content", "datas", "raw", "res_model", "res_id"}.isdisjoint(vals):
            (before | self._get_knowledge_articles())._index_changed()
        return result

    def unlink(self):
        articles = self._get_knowledge_articles()
        result = super().unlink()
        articles.exists()._index_changed()
        return result

    def _get_knowledge_articles(self):
        """Return the articles these files are attached to."""
        # sudo: only which record a file belongs to; most files belong to none of ours
        ids = {
            attachment.res_id
            for attachment in self.sudo()
            if attachment.res_model == ARTICLE and attachment.res_id and not attachment.res_field
        }
        # sudo: the index follows, whoever attaches
        return self.env[ARTICLE].sudo().browse(ids)

    def _get_picture_url(self):
        """Return the address by which a text shows this picture, as Odoo's editor writes it.

        Its token lets in whoever sees the text: customers have no right on the article itself.
        """
        self.ensure_one()
        return f"/web/image/{self.id}?access_token={self.access_token}"
