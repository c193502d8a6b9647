import io
import zipfile
from base64 import b64decode

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..documents import read_document, unpack
from .common import KnowledgeCase
from .test_import import PNG


class TestExport(KnowledgeCase):
    """Articles are taken along as a folder of pages, as far as one may read them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.part = cls.make_category("Lamps: old/new", parent_id=cls.category.id)
        cls.shown = cls.article(published=True, name="A <lamp>?", category_id=cls.part.id)
        cls.picture = cls.env["ir.attachment"].create(
            {"name": "a", "raw": PNG, "res_model": cls.shown._name, "res_id": cls.shown.id}
        )
        cls.picture.generate_access_token()
        address = cls.picture._get_picture_url()
        cls.shown.body = f'<p>x &amp; y <img src="{address}"> <a href="/odoo/crm">z</a></p>'
        cls.editor.group_ids += cls.env.ref("base.group_allow_export")

    def _export(self, user=None, **values):
        exports = self.env["crm.knowledge.export"].with_user(user or self.editor)
        export = exports.create(values)
        action = export.action_export()
        self.assertIn(f"/{export.id}/file", action["url"])
        with zipfile.ZipFile(io.BytesIO(b64decode(export.file))) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def test_pages_stand_in_folders_called_like_their_categories(self):
        files = self._export(category_id=self.category.id)

        self.assertEqual(
            set(files),
            {
                "index.html",
                "Public/Lamps old new/A lamp.html",
                f"pictures/{self.picture.id}.png",
            },
        )

    def test_a_page_shows_its_pictures_and_gives_no_token_away(self):
        page = self._export(category_id=self.category.id)["Public/Lamps old new/A lamp.html"]

        self.assertIn(f'src="../../pictures/{self.picture.id}.png"'.encode(), page)
        self.assertIn(b"<h1>A &lt;lamp&gt;?</h1>", page)
        self.assertIn(f'href="{self.shown.get_base_url()}/odoo/crm"'.encode(), page)
        self.assertNotIn(self.picture.access_token.encode(), page)

    def test_the_list_of_contents_leads_to_each_page(self):
        contents = self._export(category_id=self.category.id)["index.html"].decode()

        self.assertIn('href="Public/Lamps%20old%20new/A%20lamp.html"', contents)
        self.assertIn("Within 14 days.", contents)
        self.assertIn("Public / Lamps: old/new", contents)
        self.assertIn("Arno Author", contents)

    def test_what_was_exported_is_read_back_as_it_was(self):
        export = self.env["crm.knowledge.export"].with_user(self.editor)
        export = export.create({"category_id": self.category.id})
        export.action_export()

        folder = unpack("a.zip", b64decode(export.file))
        documents = dict(folder.documents)
        path = "Public/Lamps old new/A lamp.html"
        document = read_document(path, documents[path], folder.pictures)

        self.assertEqual(document.title, "A <lamp>?")
        self.assertEqual(document.pictures, (PNG,))
        self.assertIn("x &amp; y", document.body)

    def test_the_list_of_contents_is_not_imported(self):
        export = self.env["crm.knowledge.export"].with_user(self.editor)
        export = export.create({"category_id": self.category.id})
        export.action_export()
        file = self.env["ir.attachment"].create({"name": "a.zip", "raw": b64decode(export.file)})
        wizard = self.env["crm.knowledge.import"].create(
            {"file_ids": [Command.set(file.ids)], "category_id": self.trusted.id}
        )

        wizard.action_import()

        problems = {line.name: line.problem for line in wizard.line_ids}
        self.assertIn("list of contents", problems["index.html"])

    def test_two_of_one_title_are_two_pages(self):
        for _time in range(2):
            self.article(published=True, name="a LAMP", category_id=self.part.id)

        files = self._export(category_id=self.part.id)

        self.assertEqual(len([name for name in files if "amp" in name.lower()[-15:]]), 3)

    def test_t21_what_one_may_not_read_is_not_taken_along(self):
        self.article(published=True, name="Secret", category_id=self.vault.id)
        draft = self.article(name="Draft", category_id=self.trusted.id)

        files = self._export()

        names = " ".join(files)
        self.assertIn("A lamp", names)
        self.assertNotIn("Secret", names)
        self.assertNotIn("Draft", names)
        self.assertIn("Trusted/Draft.html", self._export(article_ids=[Command.set(draft.ids)]))

    def test_t1_a_picture_of_another_article_is_not_taken_along(self):
        hidden = self.article(name="Secret", category_id=self.vault.id)
        self.picture.res_id = hidden.id

        files = self._export(category_id=self.category.id)

        self.assertFalse([name for name in files if name.startswith("pictures")])
        self.assertNotIn(b"<img", files["Public/Lamps old new/A lamp.html"])

    def test_t14_nobody_exports_without_the_right_to(self):
        with self.assertRaisesRegex(AccessError, "no right to export"):
            self._export(self.reader)
        with self.assertRaises(AccessError):
            self._export(self.customer_user)

    def test_t1_an_export_is_its_users_own(self):
        export = self.env["crm.knowledge.export"].with_user(self.editor).create({})
        export.action_export()

        with self.assertRaises(AccessError):
            export.with_user(self.manager).read(["file"])
        self.assertTrue(export.with_user(self.editor).read(["file"]))

    def test_t1_dialogs_are_their_users_own(self):
        export = self.env["crm.knowledge.export"].with_user(self.author).create({})
        captures = self.env["crm.knowledge.capture"].with_user(self.author)
        # the system makes them, for whoever presses the button
        capture = captures.sudo().create({"title": "A", "question": "Kim asks", "answer": "Yes"})
        imported = self.env["crm.knowledge.import"].with_user(self.author).create({})
        for dialog in (export, capture.sudo(False), imported):
            with self.subTest(model=dialog._name):
                self.assertTrue(dialog.has_access("write"))
                self.assertFalse(dialog.with_user(self.editor).has_access("read"))
                self.assertFalse(dialog.with_user(self.editor).search([]))

    def test_nothing_to_export_says_so(self):
        with self.assertRaisesRegex(UserError, "nothing to export"):
            self._export(category_id=self.trusted.id)
