from odoo.addons.crm_surveys.tests.trigger_common import TriggerCase


class TestFollowup(TriggerCase):
    """A low score is a complaint, and a closed complaint asks its customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.complaint.process"].search([]).active = False
        rules = cls.env["crm.survey.loop.rule"]
        rules.search([]).active = False
        rules.create({"name": "Very low", "kind": "complaint", "threshold": 2})
        cls.asked = cls.survey(("nps", "text"))

    def answer(self, nps):
        answers = {"nps": nps, "text": "It <b>broke</b>"}
        moment = {"rated_user_id": self.employee.id, "rated_team_id": self.team.id}
        return self.fact(self.respond(self.asked, answers=answers, **moment)).followup_ids

    def end(self, complaint, kind):
        complaint.stage_id = self.env.ref(f"crm_complaints.crm_complaint_stage_{kind}")

    def test_a_low_score_is_a_complaint_of_the_customer_in_his_words(self):
        complaint = self.answer(1).complaint_id

        self.assertEqual(complaint.partner_id, self.customer)
        self.assertIn("It &lt;b&gt;broke&lt;/b&gt;", complaint.description)

    def test_it_has_the_term_of_the_complaint_only(self):
        followup = self.answer(1)

        self.assertFalse(followup.deadline_clock_ids)
        self.assertFalse(followup.activity_ids)

    def test_a_better_score_is_none(self):
        self.assertFalse(self.answer(3))

    def test_the_loop_is_closed_with_the_complaint(self):
        followup = self.answer(0)

        self.end(followup.complaint_id, "withdrawn")

        self.assertEqual((followup.state, followup.outcome), ("done", "nothing"))

    def test_the_trigger_of_closed_complaints_is_sound(self):
        trigger = self.env.ref("crm_complaints_surveys.crm_survey_trigger_complaint_closed")

        self.assertFalse(trigger._find_problem_of_document())
