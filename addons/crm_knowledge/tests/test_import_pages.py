import csv
import io

from openpyxl import Workbook

from odoo.fields import Command

from .common import KnowledgeCase

HEAD = [
    "id",
    "name",
    "type",
    "parent_id/id",
    "content",
    "history_ids/content",
    "history_ids/create_date",
    "history_ids/create_uid/name",
]
CATEGORY = ["p.shop", "Shop", "category", "p.house", "", "", "", ""]
HOUSE = ["p.house", "House", "category", "", "", "", "", ""]
PAGE = ["p.a", "Opening", "content", "p.shop", "<p>At ten</p>"]
NOW = ["<p>At ten</p>", "2021-03-01 10:00:00", "Olga Old"]
BEFORE = ["<p>At nine</p>", "2020-02-01 10:00:00", "Pavel Past"]
FIRST = ["<p>At eight</p>", "2019-01-01 10:00:00", "Olga Old"]
ROWS = [CATEGORY, HOUSE, [*PAGE, *NOW], ["", "", "", "", "", *FIRST], ["", "", "", "", "", *BEFORE]]


def make_csv(rows, head=HEAD, delimiter=","):
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([head, *rows])
    return target.getvalue().encode()


def make_xlsx(rows, head=HEAD):
    book, target = Workbook(), io.BytesIO()
    for row in [head, *rows]:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


class TestImportPages(KnowledgeCase):
    """Pages of OCA's document_page, from the file into which Odoo exports them."""

    def _import(self, user=None, **files):
        env = self.env["crm.knowledge.import"].with_user(user or self.manager).env
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

    def _import_rows(self, rows, **values):
        return self._import(**{"pages.csv": make_csv(rows, **values)})

    def test_a_page_becomes_a_draft_in_the_categories_above_it(self):
        article = self._import_rows(ROWS)["Opening"].article_id

        self.assertRecordValues(
            article, [{"state": "draft", "user_id": self.manager.id, "body": "<p>At ten</p>"}]
        )
        self.assertEqual(article.category_id.complete_name, "Public / House / Shop")

    def test_earlier_texts_can_be_taken_back_and_name_their_writers(self):
        article = self._import_rows(ROWS)["Opening"].article_id

        revisions = article.html_field_history_metadata["body"]
        self.assertEqual(
            [
                (
                    one["create_user_name"],
                    one["create_date"],
                    article.html_field_history_get_content_at_revision("body", one["revision_id"]),
                )
                for one in revisions
            ],
            [
                ("Olga Old", "2021-03-01T10:00:00", "<p>At nine</p>"),
                ("Pavel Past", "2020-02-01T10:00:00", "<p>At eight</p>"),
            ],
        )
        self.assertFalse(article.version_ids)

    def test_the_next_change_goes_on_with_the_history(self):
        article = self._import_rows(ROWS)["Opening"].article_id

        article.body = "<p>At eleven</p>"

        newest = article.html_field_history_metadata["body"][0]
        self.assertEqual(newest["revision_id"], 3)
        self.assertEqual(
            article.html_field_history_get_content_at_revision("body", 1), "<p>At eight</p>"
        )

    def test_xlsx_and_labels_of_columns_are_read(self):
        head = [
            *("External ID", "Title", "Type", "Category/External ID", "Content"),
            *("History/Content", "History/Created on", "History/Created by"),
        ]

        article = self._import(**{"pages.xlsx": make_xlsx(ROWS, head)})["Opening"].article_id

        self.assertEqual(len(article.html_field_history_metadata["body"]), 2)
        self.assertEqual(article.category_id.name, "Shop")

    def test_semicolons_and_names_of_parents_are_read(self):
        content = make_csv(
            [["A", "House", "<p>x</p>"], ["House", "", ""]],
            head=["name", "parent_id", "content"],
            delimiter=";",
        )

        article = self._import(**{"pages.csv": content})["A"].article_id

        self.assertEqual(article.category_id.name, "House")

    def test_who_may_not_make_categories_gets_the_page_where_it_can_stand(self):
        line = self._import(self.author, **{"pages.csv": make_csv(ROWS)})["Opening"]

        self.assertEqual(line.article_id.category_id, self.category)

    def test_importing_again_makes_nothing_twice(self):
        self._import_rows(ROWS)
        categories = self.env["crm.knowledge.category"].search_count([])

        line = self._import_rows(ROWS)["Opening"]

        self.assertIn("already", line.problem)
        self.assertEqual(self.env["crm.knowledge.category"].search_count([]), categories)

    def test_t5_what_cannot_be_read_says_why(self):
        cut = "The content of this cell is too long for an XLSX file (more than 32767 characters)."
        whole = make_xlsx(ROWS)
        lines = self._import(
            **{
                "other.csv": b"a,b\n1,2",
                "empty.csv": b"",
                "torn.xlsx": whole[: len(whole) // 2],
                "text.xlsx": b"this is no table",
                "cut.xlsx": make_xlsx([["1", "A", "", "", cut]]),
            }
        )

        for name, words in {
            "other.csv": "no pages",
            "empty.csv": "no pages",
            "torn.xlsx": "damaged",
            "text.xlsx": "damaged",
            "cut.xlsx": "as CSV",
        }.items():
            with self.subTest(name=name):
                self.assertFalse(lines[name].article_id)
                self.assertIn(words, lines[name].problem)

    def test_t5_pages_in_a_circle_come_along(self):
        rows = [["a", "A", "content", "b", "<p>x</p>"], ["b", "B", "content", "a", "<p>y</p>"]]

        lines = self._import_rows(rows)

        self.assertTrue(lines["A"].article_id and lines["B"].article_id)

    def test_t6_scripts_come_neither_in_the_text_nor_in_its_history(self):
        bad = "<p onclick='x()'>a</p><script>alert(1)</script>"
        page = ["p", "Bad", "content", "", bad, bad, "2021-01-01 10:00:00", "<b>X</b>"]
        older = ["", "", "", "", "", f"old {bad}", "not a date", ""]

        article = self._import_rows([page, older])["Bad"].article_id

        old = article.html_field_history_get_content_at_revision("body", 1)
        self.assertIn("old", old)
        for text in (article.body, old):
            self.assertNotRegex(text, "onclick|<script")
