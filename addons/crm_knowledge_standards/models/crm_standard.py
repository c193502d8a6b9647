import logging

from markupsafe import Markup
from psycopg2 import OperationalError

from odoo import fields, models
from odoo.fields import Command
from odoo.tools import html_sanitize, is_html_empty

from odoo.addons.crm_knowledge.logic import lifecycle

from ..logic.texts import Text, by_language, pick

_logger = logging.getLogger(__name__)

#: What kind of article the document of a standard is.
TYPES = {
    "job_instruction": "crm_knowledge.crm_knowledge_type_instruction",
    "glossary": "crm_knowledge.crm_knowledge_type_glossary",
}
REGULATION = "crm_knowledge.crm_knowledge_type_regulation"
CATEGORY = "crm_knowledge.crm_knowledge_category_rules"


class CrmStandard(models.Model):
    """A standard in force is read as an article, in each language it is written in.

    The register stays the law: articles follow its versions, whatever way these come into force,
    and never the other way round.
    """

    _inherit = "crm.standard"

    knowledge_article_ids = fields.One2many(
        "crm.knowledge.article", "standard_id", "Articles", copy=False
    )

    def _follow_versions(self):
        # sudo: what is in force does not depend on who works on it
        before = {standard: standard.version_id for standard in self.sudo()}
        result = super()._follow_versions()
        self._follow_articles()
        for standard, version in before.items():
            if version and standard.exists() and standard.version_id != version:
                standard._doubt_citing_articles()
        return result

    def _doubt_citing_articles(self):
        """Have the articles verified that cite what does not apply any more.

        Its name is not said: whoever reads the article need not know the standard.
        """
        for standard in self:
            if standard.version_id:
                reason = self.env._("A standard that is cited here has a new version in force.")
            else:
                reason = self.env._("A standard that is cited here is not in force any more.")
            self.env["crm.knowledge.article"]._doubt_citing("cited_standard_ids", standard, reason)

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals:  # it belongs to no version
            self._follow_articles()
        return result

    def _follow_articles(self):
        """Make the articles say what is in force; what goes wrong there must not stop the law."""
        # sudo: articles of standards are written by the register only
        for standard in self.sudo().exists().filtered(lambda standard: not standard.live_id):
            try:
                with self.env.cr.savepoint():
                    standard._settle_articles()
            except OperationalError:
                raise  # somebody else was faster: the whole work is tried again
            except Exception:
                _logger.exception("The article of standard %s stays as it was", standard.id)

    def _settle_articles(self):
        """Write, publish or archive the articles of this standard; nothing has changed: nothing."""
        self.ensure_one()
        existing = self.with_context(active_test=False).knowledge_article_ids.sorted(
            lambda article: (bool(article.translation_of_id), article.id)
        )
        texts = self._get_knowledge_texts() if self.version_id else ()
        known = {article.lang: article for article in existing}
        original = existing.browse()
        for text in texts:
            article = known.get(text.lang, existing.browse())
            article = self._settle_article(article, text, original)
            original = original or article
        needless = existing.filtered("active") - existing.browse(
            known[text.lang].id for text in texts if text.lang in known
        )
        needless.write({"active": False})

    def _get_knowledge_texts(self) -> tuple[Text, ...]:
        """Return what the version in force says, in each language in which it says its own."""
        self.ensure_one()
        values = self.version_id._get_content().values
        written = self.with_context(active_test=False).knowledge_article_ids
        first = written.filtered(lambda article: not article.translation_of_id)[:1]
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        preferred = [first.lang, self.user_id.lang, *installed]
        langs = [lang for lang in preferred if lang in installed]
        written_in = by_language(values.get("name"), values.get("description"), langs)
        texts = [
            Text(one.lang, one.name, self._get_knowledge_body(one))
            for one in written_in or (Text(langs[0], pick(values.get("name"), langs[0]), ""),)
        ]
        return tuple(text for text in texts if not is_html_empty(text.body))

    def _get_knowledge_body(self, text):
        """Return the text with what rules and other parts ask for; cleaned anew."""
        written = "" if is_html_empty(text.body) else html_sanitize(text.body)
        return html_sanitize(f"{written}{self._get_knowledge_parts(text.lang)}")

    def _get_knowledge_parts(self, lang):
        """Return rules and other parts as a list under a heading for each kind."""
        kinds: dict[str, list] = {}
        for part in self.version_id._get_words(lang)["parts"]:
            line = Markup("<li><b>%s</b> %s</li>") % (part["title"], part["text"] or "")
            kinds.setdefault(part["kind"], []).append(line)
        return Markup("").join(
            Markup("<h2>%s</h2><ul>%s</ul>") % (kind, Markup("").join(lines))
            for kind, lines in kinds.items()
        )

    def _settle_article(self, article, text, original):
        """Write one article where it does not say this version yet; return it."""
        version = self.version_id
        set_up = {
            "user_id": self.user_id.id,
            "company_id": self.company_id.id,
            "translation_of_id": original.id,
        }
        said = article.standard_version_id == version and article.active
        if not said:
            set_up.update(self._prepare_article(text))
        if not article:
            article = article.create([{**set_up, "standard_id": self.id}])
            article._publish()
            return article
        changes = {
            name: value
            for name, value in set_up.items()
            if article._fields[name].convert_to_write(article[name], article) != value
        }
        if changes:
            article.write(changes)
        if not said:
            article._move(lifecycle.VERIFY)
            article._set_verified()
        return article

    def _prepare_article(self, text):
        """Hook: return the values of an article that says the version in force."""
        self.ensure_one()
        kind = self.env.ref(
            TYPES.get(self.document_type, REGULATION), raise_if_not_found=False
        ) or self.env.ref(REGULATION, raise_if_not_found=False)
        category = self.env.ref(CATEGORY, raise_if_not_found=False)
        articles = self.env["crm.knowledge.article"]
        name = " ".join(filter(None, (self.version_id.code, text.name)))
        return {
            "name": name,
            "body": text.body,
            "lang": text.lang,
            "type_id": (kind or articles._default_type()).id,
            "category_id": (category or articles._default_category()).id,
            "access": "limited",
            "reader_group_ids": [Command.set(self.env.ref("crm_standards.group_user").ids)],
            "standard_version_id": self.version_id.id,
            "active": True,
        }

    def action_view_articles(self):
        """Open the text as an article in the user's language, or else in the one it has."""
        self.ensure_one()
        self.check_access("read")
        articles = self.env["crm.knowledge.article"].search([("standard_id", "=", self.id)])
        own = articles.filtered(lambda article: article.lang == self.env.lang)
        shown = (own or articles)[:1]
        if not shown:
            return self.env["ir.actions.act_window"]._for_xml_id(
                "crm_knowledge.crm_knowledge_article_action"
            )
        return shown._open_to_read()
