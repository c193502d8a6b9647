from markupsafe import Markup, escape

from odoo import models
from odoo.tools import is_html_empty

from ...logic import lifecycle
from ...logic.text import strip_html
from ...logic.variables import fill
from ...sections import get_section


class CrmKnowledgeArticle(models.Model):
    """The same answer from everybody: what of an article is sent, filled in for a customer."""

    _inherit = "crm.knowledge.article"

    def _is_in_force(self):
        """Whether the text is one to give to others."""
        self.ensure_one()
        return self.active and self.state in lifecycle.IN_FORCE and not self.revision_of_id

    def _get_answer_html(self):
        """Hook: return what of the text is sent, before its places are filled."""
        self.ensure_one()
        # sudo: types are there for whoever reads articles, also where the caller is a process
        heading = self.sudo().type_id.with_context(lang=self.lang).answer_heading
        section = get_section(self.body or "", heading) if heading else ""
        return section if not is_html_empty(section) else self.body or ""

    def _get_answer(self, record, use=None):
        """Return the answer for a record: ``html``, the same as ``text``, what is ``missing``.

        :param use: where it is used: its link tells that it was opened
        """
        self.ensure_one()
        values = record.with_context(lang=self.lang)._get_knowledge_variables()
        filled = fill(self._get_answer_html(), values, lambda value: str(escape(value)))
        address = self._get_answer_address()
        # sudo: the token goes to the customer, and to nobody who reads uses
        token = use.sudo().token if use and address else False
        if token:
            address = f"{address}?answer={token}"
        link = Markup('<p><a href="%s">%s</a></p>') % (address, self.name) if address else ""
        return {
            # joined, not added: markup that is added to a text escapes it
            "html": "".join([filled.text, link]),
            "text": "\n".join(filter(None, [strip_html(filled.text), address])),
            "missing": list(filled.missing),
        }

    def _get_answer_address(self):
        """Return where the customer reads the whole article: its page, if everybody may open it."""
        self.ensure_one()
        if self.publicity != "public" or self._is_limited():
            return ""
        return self.get_base_url() + self._get_public_path()
