import io
import zipfile
from base64 import b64decode, b64encode
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .common import KnowledgeCase

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
    '.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument'
    '/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
PARAGRAPH = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/'
    'wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>'
)
# one pixel
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DRAWING = (
    '<w:r><w:drawing xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:inline><wp:docPr id="1" name="p" descr="A lamp"/><a:graphic'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' r:embed="r9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
    "</w:r>"
)
PICTURE_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument'
    '/2006/relationships/image" Target="media/p.{}"/></Relationships>'
)


def make_zip(**files):
    """Return an archive of files, whose names are given by their keys and `__` for slashes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def make_docx(text, picture=b"", ending="png"):
    """Return the smallest Word document, with a picture if one is given."""
    media = {
        "word/_rels/document.xml.rels": PICTURE_RELATIONS.format(ending),
        f"word/media/p.{ending}": picture,
    }
    drawing = f"</w:t></w:r>{DRAWING}<w:r><w:t>" if picture else ""
    return make_zip(
        **{
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": RELATIONS,
            "word/document.xml": PARAGRAPH.format(text + drawing),
            **(media if picture else {}),
        }
    )


class TestImport(KnowledgeCase):
    """Documents become drafts; a bad one stops nothing."""

    def _import(self, user=None, **files):
        """Import files by their names, and return the lines of the result by name."""
        env = self.env["crm.knowledge.import"].with_user(user or self.author).env
        attachments = env["ir.attachment"].create(
            [{"name": name, "raw": content} for name, content in files.items()]
        )
        wizard = env["crm.knowledge.import"].create(
            {
                "file_ids": [Command.set(attachments.ids)],
                "category_id": self.category.id,
                "type_id": self.type.id,
                "lang": "en_US",
            }
        )
        wizard.action_import()
        return {line.name: line for line in wizard.line_ids}

    def _import_one(self, name, content):
        return self._import(**{name: content})[name]

    def test_markdown_becomes_a_draft_of_ones_own(self):
        line = self._import_one("returns.md", b"# Returns\n\nWithin **14** days.\n\n- by post")

        article = line.article_id
        self.assertRecordValues(
            article, [{"name": "Returns", "state": "draft", "user_id": self.author.id}]
        )
        self.assertIn("<strong>14</strong>", article.body)
        self.assertIn("<li>by post</li>", article.body)
        self.assertNotIn("Returns", article.body)

    def test_html_is_taken_by_its_heading_or_title(self):
        page = "<html><head><title>Prices</title></head><body><p>10 €</p></body></html>"

        article = self._import_one("p.html", page.encode("utf-16")).article_id

        self.assertEqual(article.name, "Prices")
        self.assertEqual(article.body, "<p>10 €</p>")

    def test_russian_text_of_an_old_system_is_read(self):
        text = "Возврат товара возможен в течение четырнадцати дней, если он не был в употреблении"

        article = self._import_one("Возврат.md", text.encode("cp1251")).article_id

        self.assertEqual(article.name, "Возврат")
        self.assertIn("четырнадцати дней", article.body)

    def test_word_is_read(self):
        article = self._import_one("Order_of_service.docx", make_docx("Call first")).article_id

        self.assertEqual(article.name, "Order of service")
        self.assertIn("Call first", article.body)

    def _pictures(self, article):
        return self.env["ir.attachment"].search(
            [("res_model", "=", article._name), ("res_id", "=", article.id)]
        )

    def test_pictures_of_word_become_files_of_the_article(self):
        line = self._import_one("lamp.docx", make_docx("This lamp", PNG))

        picture = self._pictures(line.article_id)
        self.assertEqual((picture.raw, picture.mimetype), (PNG, "image/png"))
        self.assertIn(f'src="/web/image/{picture.id}?access_token=', line.article_id.body)
        self.assertIn('alt="A lamp"', line.article_id.body)
        self.assertNotIn("base64", line.article_id.body)

    def test_a_drawing_no_browser_shows_stays_behind_and_the_text_comes(self):
        article = self._import_one("lamp.docx", make_docx("This lamp", b"EMF", "emf")).article_id

        self.assertIn("This lamp", article.body)
        self.assertNotIn("<img", article.body)

    def test_pictures_beside_a_page_and_inside_it_come_along_once_each(self):
        inline = b64encode(PNG).decode()
        page = (
            f'<p>a <img src="../pic%20s/a.png" onerror="x()"> b'
            f' <img alt="1 > 0" src="data:image/png;base64,{inline}"></p>'
            '<img src="none.png"> c <img src="https://example.com/d.png">'
        )
        files = {"Shop/page.html": page, "pic s/a.png": PNG, "pic s/b.png": PNG + b"b"}

        article = self._import(**{"shop.zip": make_zip(**files)})["Shop/page.html"].article_id

        picture = self._pictures(article)
        self.assertEqual(picture.raw, PNG)
        self.assertEqual(article.body.count(f"/web/image/{picture.id}?"), 2)
        self.assertEqual(article.body.count("<img"), 3)
        self.assertNotIn("onerror", article.body)

    def test_t1_a_picture_is_seen_by_who_reads_the_article(self):
        article = self._import_one("lamp.docx", make_docx("This lamp", PNG)).article_id
        picture = self._pictures(article)

        self.assertTrue(picture.with_user(self.author).has_access("read"))
        self.assertFalse(picture.with_user(self.reader).has_access("read"))
        article._publish()
        self.assertTrue(picture.with_user(self.reader).has_access("read"))

    def test_t12_what_only_calls_itself_a_picture_is_none(self):
        files = {
            "a.md": "x ![](b.png) y ![](c.svg)",
            "b.png": "<script>alert(1)</script>",
            "c.svg": "<svg onload='alert(1)'/>",
        }

        article = self._import(**{"a.zip": make_zip(**files)})["a.md"].article_id

        self.assertFalse(self._pictures(article))
        self.assertNotIn("<img", article.body)

    def test_t5_a_text_that_looks_like_the_place_of_a_picture_stays_a_text(self):
        page = (
            '<p>&lt;img src="picture:7"&gt; <img src="picture:7">'
            """ <b title='<img src="picture:7"'>b</b></p>"""
        )

        article = self._import_one("a.html", page.encode()).article_id

        self.assertIn('&lt;img src="picture:7"', article.body)

    def test_t5_what_is_damaged_says_so_and_stops_nothing(self):
        whole = make_docx("Whole")
        lines = self._import(
            **{
                "torn.docx": whole[: len(whole) // 2],
                "text.docx": b"this is no Word document",
                "empty.md": b"",
                "nothing.html": b"<html></html>",
                "torn.zip": b"PK\x03\x04 torn",
                "page.pdf": b"%PDF",
                "good.md": b"Good",
            }
        )

        self.assertTrue(lines.pop("good.md").article_id)
        for name, line in lines.items():
            with self.subTest(name=name):
                self.assertFalse(line.article_id)
                self.assertTrue(line.problem)
        self.assertIn("damaged", lines["torn.docx"].problem)

    def test_t6_scripts_do_not_come_along(self):
        page = b"<h1>X</h1><script>alert(1)</script><p onclick='alert(2)'>y</p>"
        markdown = b"[x](javascript:alert(1)) <img src=x onerror=alert(1)>"

        lines = self._import(**{"x.html": page, "y.md": markdown})

        for line in lines.values():
            self.assertNotRegex(line.article_id.body, r"<script|onclick|<img|href=.javascript")

    def test_a_folder_goes_to_the_part_called_like_it(self):
        part = self.make_category("Delivery", parent_id=self.category.id)
        files = {
            "Delivery/late.md": "Late",
            "Other/lost.md": "Lost",
            "__MACOSX/x.md": "x",
            "Delivery/picture.png": "x",
        }

        lines = self._import(**{"folder.zip": make_zip(**files)})

        self.assertEqual(set(lines), {"Delivery/late.md", "Other/lost.md"})
        self.assertEqual(lines["Delivery/late.md"].article_id.category_id, part)
        self.assertEqual(lines["Other/lost.md"].article_id.category_id, self.category)

    def test_t5_a_damaged_archive_says_so_and_stops_nothing(self):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.md", " ".join(str(number**3) for number in range(900)))
        packed = bytearray(target.getvalue())
        middle = len(packed) // 2
        packed[middle : middle + 40] = b"\xff" * 40

        lines = self._import(**{"bad.zip": bytes(packed), "good.md": b"# Good\n\nText"})

        self.assertIn("Is damaged", lines["bad.zip"].problem)
        self.assertEqual(lines["good.md"].article_id.name, "Good")

    def test_an_archive_of_nothing_that_is_read_says_so(self):
        line = self._import_one("papers.zip", make_zip(**{"a.pdf": "%PDF-1.4"}))

        self.assertIn("cannot be read", line.problem)

    def test_pictures_are_attached_at_once(self):
        pictures = "".join(
            f'<img src="data:image/png;base64,{b64encode(PNG + end).decode()}"/>'
            for end in (b"", b"\0")
        )
        page = f"<h1>Lamp</h1><p>{pictures}</p>".encode()
        attached = []
        write = type(self.env["ir.attachment"]).write

        def note(attachments, vals):
            attached.extend([len(attachments)] if vals.get("res_id") else [])
            return write(attachments, vals)

        with patch.object(type(self.env["ir.attachment"]), "write", note):
            self._import_one("lamp.html", page)

        self.assertEqual(attached, [2])

    def test_importing_again_makes_nothing_twice(self):
        first = self._import_one("a.md", b"Once").article_id

        again = self._import_one("a.md", b"Once")

        self.assertEqual(again.article_id, first)
        self.assertIn("already", again.problem)

    def test_t14_nobody_imports_without_the_role_or_files(self):
        with self.assertRaises(AccessError):
            self._import(self.reader, **{"a.md": b"x"})
        with self.assertRaisesRegex(UserError, "Choose the documents"):
            self._import()
