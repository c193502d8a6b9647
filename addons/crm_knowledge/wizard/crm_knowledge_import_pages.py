import re
from datetime import datetime

from odoo import models
from odoo.tools import html_sanitize

from odoo.addons.html_editor.models.diff_utils import generate_patch

from ..documents import DocumentError, read_html
from ..pages import is_table, read_pages
from ..pictures import PLACE

PICTURE = re.compile(rf'<img src="{PLACE}\d+"[^>]*>')


class CrmKnowledgeImport(models.TransientModel):
    """Takes over pages of OCA's `document.page` from the file into which Odoo exports them.

    Pages above become categories. Earlier texts go into the history of the editor, where they can
    be compared and taken back; they are no versions in force, since nothing here can prove that
    they were.
    """

    _inherit = "crm.knowledge.import"

    def _import_file(self, file):
        if not is_table(file.name):
            return super()._import_file(file)
        try:
            pages = read_pages(file.name, file.raw or b"")
        except DocumentError as error:
            self._note(file.name, problem=self._explain(str(error)))
            return None
        for page in pages:
            with self._noting(page.title):
                self._import_page(page)
        return None

    def _import_page(self, page):
        """Make a category or an article of one page."""
        if page.is_category:
            self._make_category([*page.above, page.title])
            return
        category = self._make_category(page.above)
        article, is_new = self._find_or_create(category, read_html(page.title, page.body))
        if is_new:
            self._keep_history(article, page)
        self._note_article(page.title, article, is_new)

    def _make_category(self, names):
        """Return where a path leads to from the chosen category, made where the user may do so."""
        category = self.category_id
        may_create = category.has_access("write") and category.browse().has_access("create")
        for name in names:
            part = category.child_ids.filtered(lambda part, name=name: part.name == name)[:1]
            if not part and may_create:
                values = {"name": name, "parent_id": category.id}
                part = category.create({**values, "company_id": category.company_id.id})
            category = part or category
        return category

    def _keep_history(self, article, page):
        """Put earlier texts into the history of the editor, as it writes them itself."""
        texts = [self._clean(text.body) for text in page.history]
        # the newest of the history is the text itself; where it is not, it was written after it
        newer = [article.body or "", *texts[1:]]
        limit = article._html_field_history_size_limit
        changes = [
            (text, patch)
            for text, patch in zip(
                page.history, map(generate_patch, newer, newer[1:]), strict=False
            )
            if patch
        ][:limit]
        if not changes:
            return
        revisions = [
            {
                "patch": patch,
                "revision_id": len(changes) - place,
                "create_date": self._read_moment(text.date),
                "create_uid": False,
                "create_user_name": text.author or self.env._("Unknown"),
            }
            for place, (text, patch) in enumerate(changes)
        ]
        # sudo: the history is written by the system only; the draft is the user's own
        article.sudo().write({"html_field_history": {"body": revisions}})

    def _clean(self, body):
        """Return an earlier text as the field would have kept it, without inline pictures."""
        return html_sanitize(PICTURE.sub("", read_html("", body).body))

    def _read_moment(self, written):
        """Return a moment of the export as the editor writes it; now, if it cannot be read."""
        try:
            return datetime.fromisoformat(written).isoformat()
        except ValueError:
            return self.env.cr.now().isoformat()
