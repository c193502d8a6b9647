import logging
from contextlib import contextmanager
from pathlib import PurePosixPath

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.exceptions import UserError

from ..documents import DocumentError, read_document, unpack
from ..pictures import kind_of, place_pictures

_logger = logging.getLogger(__name__)


class CrmKnowledgeImport(models.TransientModel):
    """Makes drafts of documents: Markdown, HTML and Word, one by one or a folder as a zip archive.

    What cannot be read is said beside its name, and stops nothing. Pictures become files of the
    article. A folder that is called like a part of the category goes there. Running it again makes
    nothing twice.
    """

    _name = "crm.knowledge.import"
    _description = "Import of Articles"

    file_ids = fields.Many2many(
        "ir.attachment",
        "crm_knowledge_import_file_rel",
        string="Documents",
        help="Markdown (.md), HTML (.html), Word (.docx), or a .zip of such with its pictures;"
        " pages of OCA's document_page as Odoo exports them (.csv, .xlsx).",
    )
    category_id = fields.Many2one(
        "crm.knowledge.category",
        required=True,
        default=lambda self: self.env["crm.knowledge.article"]._default_category(),
    )
    type_id = fields.Many2one(
        "crm.knowledge.type",
        required=True,
        default=lambda self: self.env["crm.knowledge.article"]._default_type(),
    )
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        default=lambda self: self.env["crm.knowledge.article"]._default_lang(),
    )
    line_ids = fields.One2many("crm.knowledge.import.line", "import_id", "Result", readonly=True)
    is_done = fields.Boolean(readonly=True)

    def action_import(self):
        """Make an article of each document, and say what came of it."""
        self.ensure_one()
        self.check_access("write")
        if self.is_done or not self.file_ids:
            raise UserError(self.env._("Choose the documents to import."))
        for file in self.file_ids:
            self._import_file(file)
        self.is_done = True
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Result of the Import"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _import_file(self, file):
        """Hook: import one file that was chosen."""
        try:
            folder = unpack(file.name, file.raw or b"")
        except DocumentError as error:
            self._note(file.name, problem=self._explain(str(error)))
            return
        if not folder.documents:
            self._note(file.name, problem=self._explain("unknown_kind"))
        for path, content in folder.documents:
            with self._noting(path):
                document = read_document(path, content, folder.pictures)
                article, is_new = self._find_or_create(self._get_category(path), document)
                self._note_article(path, article, is_new)

    @contextmanager
    def _noting(self, path):
        """Say what went wrong with one document; whatever happens to it, the others go on."""
        try:
            with self.env.cr.savepoint():
                yield
        except DocumentError as error:
            self._note(path, problem=self._explain(str(error)))
        except UserError as error:
            self._note(path, problem=str(error))
        except OperationalError:
            raise  # somebody else was faster: the whole import is tried again
        except Exception:
            _logger.exception("A document could not be imported")
            self._note(path, problem=self._explain("damaged"))

    def _find_or_create(self, category, document):
        """Return the article of a document, and whether it was made just now."""
        articles = self.env["crm.knowledge.article"].with_context(active_test=False)
        domain = [("name", "=", document.title), ("category_id", "=", category.id)]
        known = articles.search([*domain, ("lang", "=", self.lang)], limit=1)
        if known:
            return known, False
        return self._create_article(category, document), True

    def _create_article(self, category, document):
        """Make a draft of a document, its pictures attached to it."""
        pictures = self._attach_pictures(document)
        values = self._prepare_article(category, document)
        addresses = [picture._get_picture_url() for picture in pictures]
        values["body"] = place_pictures(values["body"], addresses)
        article = self.env["crm.knowledge.article"].create(values)
        pictures.res_id = article.id  # at once: each change has the article indexed again
        return article

    def _attach_pictures(self, document):
        """Keep the pictures as the editor keeps those that are put into a text."""
        pictures = self.env["ir.attachment"].create(
            [
                {
                    "name": f"{document.title[:80]} {number}.{kind_of(content)}",
                    "raw": content,
                    "res_model": "crm.knowledge.article",
                }
                for number, content in enumerate(document.pictures, 1)
            ]
        )
        pictures.generate_access_token()
        return pictures

    def _prepare_article(self, category, document):
        """Hook: return the values of a new article."""
        self.ensure_one()
        return {
            "name": document.title,
            "body": document.body,
            "category_id": category.id,
            "type_id": self.type_id.id,
            "lang": self.lang,
            "company_id": category.company_id.id,
        }

    def _get_category(self, path):
        """Return where the folders of a path lead to, beginning at the chosen category."""
        category = self.category_id
        for folder in PurePosixPath(path).parts[:-1]:
            parts = category.child_ids
            category = parts.filtered(lambda part, name=folder: part.name == name)[:1] or category
        return category

    def _note_article(self, path, article, is_new):
        there = self.env._("Is there already.")
        self._note(path, article_id=article.id, problem=not is_new and there)

    def _note(self, path, **values):
        self.env["crm.knowledge.import.line"].create({"import_id": self.id, "name": path, **values})

    def _explain(self, problem):
        """Return why a document was not read, and what to do."""
        words = {
            "damaged": self.env._(
                "Is damaged, or not what its name says. Open it, save it again and repeat."
            ),
            "empty": self.env._("Holds no text."),
            "contents": self.env._("Is the list of contents of an export: no article of its own."),
            "no_pages": self.env._(
                "Holds no pages: a column “name” and one of “content” and “history_ids/content” are"
                " needed."
            ),
            "cut_off": self.env._(
                "Holds texts that are too long for XLSX. Export the pages as CSV instead."
            ),
            "too_large": self.env._("Is too large. Divide it, or take pictures out."),
        }
        return words.get(problem) or self.env._(
            "Is of a kind that cannot be read. Save it as .docx, .html or .md."
        )
