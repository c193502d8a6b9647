from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...logic import lifecycle
from .crm_knowledge_article_version import TEXT_FIELDS

#: Written by the deeds of the life cycle only.
KEPT_FIELDS = frozenset(
    (
        "html_field_history",
        "state",
        "writer_ids",
        "edited_by_id",
        "date_edited",
        "version",
        "date_published",
        "date_verified",
        "date_verify_by",
        "verifier_id",
        "revision_of_id",
        "base_version",
        "reading_version",
    )
)
ACCESS_FIELDS = frozenset(
    (
        "access",
        "reader_user_ids",
        "reader_group_ids",
        "reader_team_ids",
        "category_id",
        "company_id",
    )
)
READING_FIELDS = frozenset(
    (
        "is_to_confirm",
        "confirm_user_ids",
        "confirm_group_ids",
        "confirm_team_ids",
        "confirm_days",
        "question_ids",
    )
)
OTHER_FIELDS = frozenset(("type_id", "user_id", "verify_days", "publicity"))
SET_UP_FIELDS = ACCESS_FIELDS | READING_FIELDS | OTHER_FIELDS


class CrmKnowledgeArticle(models.Model):
    """Holds the rules of the life cycle whoever writes, by whatever way.

    The system itself (superuser mode) is not judged; it writes what was judged before.
    """

    _inherit = "crm.knowledge.article"

    @api.model_create_multi
    def create(self, vals_list):
        marks = {
            "edited_by_id": self.env.uid,
            "date_edited": self.env.cr.now(),
            "writer_ids": [Command.link(self.env.uid)],
        }
        for vals in vals_list:
            self._check_kept(vals)
        if self.env.su:
            return super().create([{**marks, **vals} for vals in vals_list])
        # pylint: disable=context-overridden; defaults have to go, and no other way takes them out
        articles = super(CrmKnowledgeArticle, self.with_context(self._get_plain_context()))
        return articles.create([{**vals, **marks} for vals in vals_list]).with_env(self.env)

    @api.model
    def _get_plain_context(self):
        """Return the context without defaults for what only the deeds of the life cycle write."""
        kept = {f"default_{name}" for name in KEPT_FIELDS}
        return {key: value for key, value in self.env.context.items() if key not in kept}

    def write(self, vals):
        result = self._write_kept(vals)
        if "category_id" in vals and not self.env.su:
            # who decides in the old place must not take the article from those of the new one;
            # sudo: it may have gone out of sight
            in_force = self.filtered(lambda article: article.sudo().state in lifecycle.IN_FORCE)
            in_force._check_deed(lifecycle.SET_UP)
        return result

    def _write_kept(self, vals):
        """Write what may be written, with the marks of whoever changes a text."""
        # pylint: disable=super-method-mismatch; it is the first half of ``write``
        self._check_kept(vals)
        known = vals.get("edition")
        vals = {name: value for name, value in vals.items() if name != "edition"}
        if not self.env.su:
            self._check_write(vals)
        changed = self._filter_changed(vals)
        if not changed:
            return super().write(vals) if vals else True
        changed._check_edition(known)
        result = super(CrmKnowledgeArticle, self - changed).write(vals)
        for edition, articles in changed.grouped("edition").items():
            marks = articles._prepare_marks(edition)
            result = super(CrmKnowledgeArticle, articles).write({**marks, **vals})
        in_force = changed.filtered(lambda article: article.state in lifecycle.IN_FORCE)
        in_force.filtered("active")._put_into_force()
        return result

    def _check_kept(self, vals):
        """Refuse what only the deeds of the life cycle write; emptying it is writing as well."""
        if self.env.su:
            return
        names = sorted(name for name in KEPT_FIELDS.intersection(vals) if self or vals[name])
        if vals.get("state") == lifecycle.DRAFT and not self:
            names = [name for name in names if name != "state"]
        if names:
            raise UserError(
                self.env._(
                    "%(fields)s: written by the system only. Submit, publish or verify the article"
                    " with its buttons.",
                    fields=", ".join(self._fields[name].string for name in names),
                )
            )

    def _check_write(self, vals):
        """Judge what is to be written by the state of each article."""
        if not set(TEXT_FIELDS).isdisjoint(vals):
            self._filter_changed(vals)._check_deed(lifecycle.EDIT)
        if not ACCESS_FIELDS.isdisjoint(vals):
            self._check_no_revision()
        if not SET_UP_FIELDS.isdisjoint(vals):
            self._check_deed(lifecycle.SET_UP)
        if "active" in vals:
            self.filtered(lambda article: article.active != vals["active"])._check_deed(
                lifecycle.ARCHIVE
            )

    def _check_no_revision(self):
        """Keep new texts where their article stands, for the same readers."""
        revision = self.filtered("revision_of_id")[:1]
        if revision:
            raise UserError(
                self.env._(
                    "“%(name)s” is a new text: it stands where its article stands, for the same"
                    " readers. Change that in the article itself.",
                    name=revision.name,
                )
            )

    def _filter_changed(self, vals):
        """Return the articles whose text the values change."""
        texts = {name: vals[name] for name in TEXT_FIELDS if name in vals}
        if not texts:
            return self.browse()
        return self.filtered(
            lambda article: any(
                (article[name] or "") != (text or "") for name, text in texts.items()
            )
        )

    def _check_edition(self, known):
        """Refuse a text that was begun from an older one than is there now.

        Two that save in the same moment meet in the row of the article: the database lets the
        second try again, and then it stands here with an old edition.
        """
        if not known:
            return
        for article in self:
            if article.edition != known:
                raise UserError(
                    self.env._(
                        "%(user)s has changed the text of “%(name)s” meanwhile. Yours is not lost:"
                        " it still stands in the form. Copy it, discard your changes, and bring it"
                        " into the new text.",
                        # sudo: the name of a colleague
                        user=article.sudo().edited_by_id.name,
                        name=article.name,
                    )
                )

    def _prepare_marks(self, edition):
        """Return who has changed the text, when, and the next edition."""
        return {
            "edition": edition + 1,
            "edited_by_id": self.env.uid,
            "date_edited": self.env.cr.now(),
            "writer_ids": [Command.link(self.env.uid)],
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        for article in self:
            if article.version:
                raise UserError(
                    self.env._(
                        "“%(name)s” was published: who used it must find it again. Archive it"
                        " instead.",
                        name=article.name,
                    )
                )
        if not self.env.su:
            self._check_deed(lifecycle.ARCHIVE)
