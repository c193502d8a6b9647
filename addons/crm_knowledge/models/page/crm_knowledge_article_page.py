from odoo import api, fields, models
from odoo.exceptions import UserError

from ...logic import lifecycle
from ...logic.contents import make_contents
from ..reading.crm_knowledge_reading import ASKED, CONFIRMED


class CrmKnowledgeArticle(models.Model):
    """An article as a page to read: its text, where it stands, what to know beforehand."""

    _inherit = "crm.knowledge.article"

    @api.model
    @api.readonly
    def get_page(self, article_id, version=None):
        """Return what the page of an article shows.

        :param version: a version that was in force once; without it, the present text
        :raise UserError: where there is no such article, or none for the user
        """
        article = self._find_page(article_id)
        old = article._find_version(version)
        html, headings = make_contents((old or article).body or "")
        return {
            **article._prepare_page(),
            "name": (old or article).name,
            "summary": (old or article).summary or "",
            "body": html,
            "contents": [
                {"anchor": one.anchor, "title": one.title, "level": one.level} for one in headings
            ],
            "shown_version": old.number or article.version,
            "is_old": bool(old),
            "banners": article._get_page_banners(old),
        }

    @api.model
    def _find_page(self, article_id):
        """Return the article of a page; what is hidden and what is not there are the same."""
        is_id = type(article_id) is int and 0 < article_id < 2**31  # a bool is an int, and no id
        article = self.browse(article_id if is_id else []).exists()
        if not article or not article.has_access("read"):
            raise UserError(
                self.env._(
                    "There is no such article, or it is not for you. Search for another one."
                )
            )
        return article

    def _find_version(self, number):
        """Return the version with this number where it is not the present one, else none."""
        versions = self.env["crm.knowledge.article.version"]
        if type(number) is not int or number == self.version or not 0 < number < 2**31:
            return versions
        return versions.search([("article_id", "=", self.id), ("number", "=", number)])

    def _prepare_page(self):
        """Hook: return what the page shows beside the text."""
        self.ensure_one()
        return {
            "id": self.id,
            "version": self.version,
            "state": self.state,
            "category": self._name_of(self.category_id),
            "type": self._name_of(self.type_id),
            "tags": [{"id": tag.id, "name": tag.name, "color": tag.color} for tag in self.tag_ids],
            "owner": self.sudo().user_id.name or "",  # sudo: whom to ask is no secret
            "date_published": fields.Datetime.to_string(self.date_published) or "",
            "date_verified": fields.Date.to_string(self.date_verified) or "",
            "is_favorite": self.is_favorite,
            # sudo: which of them are shown is judged for the user
            "related": self._get_page_links(self.sudo().related_ids),
            "translations": self._get_page_translations(),
            "confirm": self._get_page_confirmation(),
            "can_revise": self.can_revise and self.browse().has_access("create"),
            "can_edit": bool(self.id) and self.can_edit and self.has_access("write"),
            "can_verify": self.can_verify and self.state == lifecycle.TO_VERIFY,
            "is_in_force": self.active and self.state in lifecycle.IN_FORCE,
        }

    @api.model
    def _name_of(self, record):
        # sudo: the name of what a readable article stands in
        return {"id": record.id, "name": record.sudo().display_name or ""}

    @api.model
    def _get_page_links(self, articles):
        """Return those of the articles that are in force and for the user."""
        in_force = ("state", "in", sorted(lifecycle.IN_FORCE))
        shown = self.search([("id", "in", articles.ids), in_force, ("revision_of_id", "=", False)])
        langs = dict(self._get_lang_choices())
        return [
            {"id": one.id, "name": one.name, "lang": langs.get(one.lang, one.lang)} for one in shown
        ]

    def _get_page_translations(self):
        """Return the article in other languages, as far as it is in force there."""
        # sudo: the group an article belongs to; what is shown of it is judged for the user
        article = self.sudo()
        whole = article.translation_of_id or article
        return self._get_page_links((whole | whole.translation_ids) - article)

    def _get_page_banners(self, old):
        """Hook: return what a reader has to know first, each as ``kind`` and ``text``."""
        self.ensure_one()
        if old:
            text = self.env._(
                "This is version %(number)s. It is not in force any more: version %(now)s is.",
                number=old.number,
                now=self.version,
            )
            return [{"kind": "danger", "text": text}]
        banners = []
        if not self.active:
            banners.append(("danger", self.env._("This article is archived: do not rely on it.")))
        elif self.state not in lifecycle.IN_FORCE:
            banners.append(("info", self.env._("This text is not published yet.")))
        elif self.state == lifecycle.TO_VERIFY:
            text = self.env._(
                "Nobody has verified this article for a long time, or it was doubted. Check before"
                " you rely on it."
            )
            banners.append(("warning", text))
        return [{"kind": kind, "text": text} for kind, text in banners]

    def _get_page_confirmation(self):
        """Return whether the user has to confirm, what the check asks, what was confirmed."""
        self.ensure_one()
        own = self.env["crm.knowledge.reading"].search(
            [("article_id", "=", self.id), ("user_id", "=", self.env.uid)]
        )
        asked = own.filtered(lambda reading: reading.state == ASKED)[:1]
        done = own.filtered(lambda reading: reading.state == CONFIRMED)
        latest = done.sorted(lambda reading: reading.version_id.number)[-1:]
        return {
            "is_asked": bool(asked),
            "date_due": fields.Date.to_string(asked.date_due) or "",
            "is_late": asked.is_late,
            "version": latest.version_id.number,
            "date": fields.Datetime.to_string(latest.date_confirmed) or "",
            "questions": self._get_page_questions() if asked else [],
        }

    def _get_page_questions(self):
        """Return the questions of the check, without what is right."""
        asked = {question.id for question in self.question_ids._to_logic()}
        return [
            {
                "id": question.id,
                "name": question.name,
                "choices": [{"id": one.id, "name": one.name} for one in question.choice_ids],
            }
            for question in self.question_ids
            if question.id in asked
        ]
