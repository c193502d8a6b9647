from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.crm_knowledge.logic import lifecycle
from odoo.addons.crm_knowledge.models.article.crm_knowledge_article_lifecycle import SHOWN

#: What readers and owners do with any article; all other deeds are the register's.
FREE = frozenset((lifecycle.VERIFY, lifecycle.DOUBT))
KEPT = ("standard_id", "standard_version_id")


class CrmKnowledgeArticle(models.Model):
    """An article that is the text of a standard: the register writes and publishes it."""

    _inherit = "crm.knowledge.article"

    standard_id = fields.Many2one(
        "crm.standard",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The article is the text of this standard, and follows its versions.",
    )
    standard_version_id = fields.Many2one(
        "crm.standard.version",
        "Version of the Standard",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    cited_standard_ids = fields.Many2many(
        "crm.standard",
        "crm_knowledge_article_cited_standard_rel",
        string="Standards Cited",
        domain="[('live_id', '=', False)]",
        check_company=True,
        help="When another version of one of them comes into force, or it is withdrawn, the article"
        " is to be verified.",
    )

    _standard_uniq = models.UniqueIndex(
        "(standard_id, lang) WHERE standard_id IS NOT NULL AND active IS TRUE",
        "The standard has an article in this language already.",
    )

    def _check_kept(self, vals):
        result = super()._check_kept(vals)
        if not self.env.su and any(vals.get(name) for name in KEPT):
            raise UserError(
                self.env._("Only the register makes an article the text of a standard.")
            )
        return result

    def _check_deed(self, deed):
        """Refuse what would part the article from its standard."""
        kept = self.filtered("standard_id") if deed not in FREE else self.browse()
        for article in kept[:1]:
            raise UserError(
                self.env._(
                    "“%(name)s” is the text of a standard: make a new version of the standard, and"
                    " the article follows when it comes into force.",
                    name=article.name,
                )
            )
        return super()._check_deed(deed)

    @api.depends("standard_id")
    def _compute_deeds(self):
        # pylint: disable=missing-return; a compute returns nothing
        super()._compute_deeds()
        for article in self.filtered("standard_id"):
            for deed in SHOWN:
                if deed not in FREE:
                    article[f"can_{deed}"] = False

    def _get_page_banners(self, old):
        """Say that the standard is the law, and that one still has to confirm it."""
        banners = super()._get_page_banners(old)
        version = self.sudo().standard_version_id  # sudo: what a readable article is the text of
        if not version or old:
            return banners
        text = self.env._(
            "This is the text of the standard “%(version)s”.", version=version.display_name
        )
        banners.append({"kind": "info", "text": text})
        waiting = self.env["crm.standard.acknowledgement"].search_count(
            [
                ("version_id", "=", version.id),
                ("user_id", "=", self.env.uid),
                ("state", "=", "asked"),
            ]
        )
        if waiting:
            text = self.env._("Please confirm under Standards / To Read that you have read it.")
            banners.append({"kind": "warning", "text": text})
        return banners

    def action_open_standard(self):
        """Open the standard this article is the text of."""
        self.ensure_one()
        self.check_access("read")
        self.standard_id.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.standard",
            "res_id": self.standard_id.id,
            "views": [(False, "form")],
        }
