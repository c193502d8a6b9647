from odoo.tests import HttpCase, tagged

from .common import AnswerCase


@tagged("post_install", "-at_install")
class TestForm(AnswerCase, HttpCase):
    """Answers are offered beside the form, before a complaint is sent."""

    def test_the_form_offers_answers_as_one_writes(self):
        self.answer.publicity = "public"

        page = self.url_open("/complaint").text
        answers = self.make_jsonrpc_request("/knowledge/suggest", {"text": "My lamp is broken"})

        self.assertIn('class="o_knowledge_suggest" data-fields="name,description"', page)
        self.assertEqual([answer["id"] for answer in answers], self.answer.ids)
