from markupsafe import Markup

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.crm_surveys.tests.common import SurveysCase


@tagged("post_install", "-at_install")
class TestAnswer(SurveysCase):
    """What a customer writes in a survey finds its answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rules = cls.env["crm.survey.loop.rule"]
        rules.search([]).active = False
        rules.create(
            {
                "name": "Detractors",
                "policy_id": cls.env.ref("crm_surveys.crm_deadline_policy_followup").id,
            }
        )
        cls.asked = cls.survey(("nps", "text"), title="How was it?", user_id=cls.manager.id)
        cls.response = cls.respond(
            cls.asked,
            answers={"nps": 2, "text": "The zanzibarite lamp of Emil Employee flickers"},
            rated_user_id=cls.employee.id,
            rated_team_id=cls.team.id,
        )
        cls.followup = cls.fact(cls.response).followup_ids
        cls.answer = cls.env["crm.knowledge.article"].create(
            {
                "name": "When zanzibarite flickers",
                "summary": "Change the driver.",
                "body": "<h2>Answer</h2><p>Dear {{ customer }}, you told us in “{{ record }}”"
                " that it flickers: we send you another driver.</p>",
                "type_id": cls.env.ref("crm_knowledge.crm_knowledge_type_faq").id,
                "lang": "en_US",
            }
        )
        cls.answer._publish()
        cls.mine = cls.followup.with_user(cls.leader)
        cls.read = cls.response.with_user(cls.manager)

    def _uses(self):
        return self.env["crm.knowledge.use"].search([("article_id", "=", self.answer.id)])

    def test_the_words_of_a_customer_find_the_answer(self):
        for record in (self.mine, self.read):
            with self.subTest(record=record._name):
                titles = [one["title"] for one in record.get_knowledge_answers()]
                self.assertIn("When zanzibarite flickers", titles)

    def test_the_answer_names_customer_and_survey(self):
        text = self.mine.preview_knowledge_answer(self.answer.id)["text"]

        self.assertIn("Dear Sara Surveyed, you told us in “How was it?”", text)

    def test_what_is_sent_from_a_follow_up_counts_for_its_team(self):
        action = self.mine.action_send_knowledge_answer(self.answer.id)
        body = Markup(action["context"]["default_body"])
        self.mine.message_post(body=body, message_type="comment")

        self.assertRecordValues(
            self._uses(),
            [{"state": "sent", "res_model": "crm.survey.followup", "team_id": self.team.id}],
        )

    def test_a_message_from_a_response_is_written_on_its_follow_up(self):
        context = self.read.action_send_knowledge_answer(self.answer.id)["context"]

        self.assertEqual(context["default_model"], "crm.survey.followup")
        self.assertEqual(context["default_res_ids"], self.followup.ids)
        self.assertIn(self.customer.id, context["default_partner_ids"])

    def test_without_a_follow_up_the_answer_is_copied(self):
        other = self.respond(self.asked, answers={"nps": 9, "text": "Zanzibarite flickers nicely"})
        read = other.with_user(self.manager)

        self.assertEqual({one["can_send"] for one in read.get_knowledge_answers()}, {False})
        with self.assertRaisesRegex(UserError, "Copy the answer"):
            read.action_send_knowledge_answer(self.answer.id)
        read.copy_knowledge_answer(self.answer.id)
        self.assertEqual(self._uses().res_model, "survey.user_input")

    def test_t20_what_is_written_down_names_neither_customer_nor_employee(self):
        action = self.mine.action_capture_knowledge()

        capture = self.env["crm.knowledge.capture"].browse(action["res_id"])
        self.assertEqual(capture.question, "The zanzibarite lamp of [name] flickers")
        self.assertNotIn("Sara", capture.title)

    def test_t1_nobody_asks_with_a_response_out_of_reach(self):
        for user in (self.colleague, self.outsider):
            for record in (self.followup, self.response):
                with (
                    self.subTest(user=user.login, record=record._name),
                    self.assertRaises(AccessError),
                ):
                    record.with_user(user).get_knowledge_answers()

    def test_t16_nobody_asks_with_an_anonymous_response(self):
        secret = self.survey(("nps", "text"), is_anonymous=True)
        response = self.env["survey.user_input"].create({"survey_id": secret.id})

        with self.assertRaises(AccessError):
            response.with_user(self.manager).get_knowledge_answers()

    def test_t21_a_use_is_seen_by_who_may_read_the_response(self):
        self.mine.copy_knowledge_answer(self.answer.id)
        self.read.copy_knowledge_answer(self.answer.id)
        editor = new_test_user(self.env, "srv_knw_editor", "crm_knowledge.group_editor")
        uses = self._uses()

        self.assertFalse(uses.with_user(editor).search([("id", "in", uses.ids)]))
        self.assertEqual(self.answer.with_user(editor).use_count, 0)
        seen = uses.with_user(self.leader).search([("id", "in", uses.ids)])
        self.assertEqual(seen.mapped("res_model"), ["crm.survey.followup"])
