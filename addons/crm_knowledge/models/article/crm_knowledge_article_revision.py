from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...logic import lifecycle
from .crm_knowledge_article_keep import ACCESS_FIELDS
from .crm_knowledge_article_version import TEXT_FIELDS


class CrmKnowledgeArticle(models.Model):
    """A new text of a published article: written beside it, and merged when it is approved.

    Readers and search keep the text in force until then.
    """

    _inherit = "crm.knowledge.article"

    revision_of_id = fields.Many2one(
        "crm.knowledge.article",
        "New Text of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="cascade",
    )
    revision_ids = fields.One2many(
        "crm.knowledge.article", "revision_of_id", "New Texts", copy=False
    )
    base_version = fields.Integer(
        "Based on Version",
        readonly=True,
        copy=False,
        help="Which version of the article the new text was begun from.",
    )

    is_outdated = fields.Boolean(
        compute="_compute_is_outdated", help="The article has changed since this text was begun."
    )

    # one at a time: two new texts beside each other would have to be merged by hand
    _revision_uniq = models.UniqueIndex(
        "(revision_of_id) WHERE revision_of_id IS NOT NULL AND active IS TRUE",
        "A new text of this article is being written already.",
    )

    @api.depends("revision_of_id.version", "base_version", "active")
    def _compute_is_outdated(self):
        for article in self:
            # sudo: the number of a version is no secret
            original = article.sudo().revision_of_id
            behind = original.version != article.base_version
            article.is_outdated = bool(original and article.active and behind)

    def action_revise(self):
        """Open the new text of the article that is being written, or begin one."""
        self.ensure_one()
        self.check_access("read")
        self._check_deed(lifecycle.REVISE)
        # authors only: a reader flags what is wrong instead
        self.browse().check_access("create")
        # sudo: a text a colleague has begun may not be for the user's eyes
        revision = self.sudo().revision_ids[:1]
        if revision and not revision.with_env(self.env).has_access("read"):
            raise UserError(
                self.env._(
                    "%(user)s is writing a new text of “%(name)s” already. Tell them what you want"
                    " to change.",
                    user=revision.edited_by_id.name,
                    name=self.name,
                )
            )
        if not revision:
            # sudo: what it is a new text of is written by the system only
            revision = self.sudo().copy(self._prepare_revision())
        return revision.with_env(self.env)._open()

    def _prepare_revision(self):
        """Return what a new text begins with, beside what is copied anyway."""
        self.ensure_one()
        return {
            "name": self.name,
            "revision_of_id": self.id,
            "base_version": self.version,
            "user_id": self.env.uid,
        }

    def _merge(self):
        """Put the new texts into force in place of the old ones."""
        for revision in self:
            # sudo: the new text was judged
            original = revision.sudo().revision_of_id
            if original.version != revision.base_version:
                raise UserError(
                    self.env._(
                        "“%(name)s” has changed since this text was begun: version %(now)s is in"
                        " force, this one was begun from version %(then)s. Bring the changes into"
                        " this text, then press “Changes Are In”.",
                        name=original.name,
                        now=original.version,
                        then=revision.base_version,
                    )
                )
            original.write({**revision._prepare_merge(), "state": lifecycle.PUBLISHED})
            original._put_into_force()
            original._set_verified()
            revision._move_attachments(original)
            revision.sudo().active = False  # sudo: it has done its work

    def _prepare_merge(self):
        """Return the text and who has written it; who publishes has not."""
        self.ensure_one()
        return {
            **{name: self[name] for name in TEXT_FIELDS},
            "edited_by_id": self.edited_by_id.id,
            "writer_ids": [Command.set(self.sudo().writer_ids.ids)],  # sudo: names of writers
        }

    def _move_attachments(self, original):
        """Let what was added to the new text belong to the article."""
        self.ensure_one()
        # sudo: files of an article are there for whoever reads it
        files = self.env["ir.attachment"].sudo()
        domain = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        files.search([*domain, ("res_field", "=", False)]).res_id = original.id

    def action_rebase(self):
        """Say that the new text has taken up what has changed in force meanwhile."""
        self.ensure_one()
        self.check_access("write")
        if not self.revision_of_id:
            raise UserError(self.env._("“%(name)s” is not a new text.", name=self.name))
        self._check_deed(lifecycle.EDIT)
        # sudo: the version it is based on is written by the system only
        self.sudo().base_version = self.sudo().revision_of_id.version

    def write(self, vals):
        """Keep new texts as secret as the article itself."""
        result = super().write(vals)
        passed_on = {name: vals[name] for name in ACCESS_FIELDS.intersection(vals)}
        if passed_on:
            # sudo: also those that somebody else writes, and those that are merged
            revisions = self.sudo().with_context(active_test=False).revision_ids
            if revisions:
                revisions.write(passed_on)
        return result

    def _open(self):
        """Return the action that shows the article."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def _open_originals(self):
        """Return the action that shows what the new texts were merged into."""
        return self.revision_of_id[:1]._open()
