from freezegun import freeze_time

from odoo.exceptions import UserError

from odoo.addons.crm_surveys.tests.trigger_common import TriggerCase


class TestFollowup(TriggerCase):
    """A low score is a complaint, and is over with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.complaint.process"].search([]).active = False
        rules = cls.env["crm.survey.loop.rule"]
        rules.search([]).active = False
        rules.create({"name": "Very low", "kind": "complaint", "threshold": 2})
        cls.asked = cls.survey(("nps", "text"))
        cls.clerk = cls._make_users(("srv_clerk", "Carl Clerk", "crm_complaints.group_manager"))

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

    def test_who_handles_complaints_ends_it_without_rights_on_surveys(self):
        followup = self.answer(0)
        self.assertFalse(followup.with_user(self.clerk).has_access("read"))

        self.end(followup.complaint_id.with_user(self.clerk), "withdrawn")

        self.assertEqual((followup.state, followup.done_user_id), ("done", self.clerk))

    def test_t21_the_words_of_a_secret_complaint_do_not_go_into_it(self):
        followup = self.answer(0)
        complaint = followup.complaint_id
        complaint.write({"name": "Affair of the director", "is_confidential": True})

        self.end(complaint.with_user(self.clerk), "withdrawn")

        self.assertEqual(followup.result, complaint.number)
        said = followup.with_user(self.leader).message_ids.mapped("body")
        self.assertNotIn("director", " ".join(map(str, said)))

    def test_a_reopened_complaint_opens_the_loop_again(self):
        followup = self.answer(0)
        self.end(followup.complaint_id, "withdrawn")

        self.end(followup.complaint_id, "received")

        self.assertEqual((followup.state, followup.outcome), ("open", False))

    def test_a_merged_complaint_ends_the_loop_with_the_one_that_goes_on(self):
        first = self.env["crm.complaint"].create(
            {
                "name": "Earlier",
                "description": "<p>Before the survey</p>",
                "partner_id": self.customer.id,
                "date_received": "2020-01-01 10:00:00",
            }
        )
        followup = self.answer(0)

        (first + followup.complaint_id)._merge("The same")
        self.assertEqual(followup.state, "open")

        self.end(first, "withdrawn")
        self.assertEqual((followup.state, followup.result), ("done", first.number))

    def test_it_is_neither_ended_nor_opened_by_hand(self):
        followup = self.answer(0)
        owned = followup.with_user(self.leader)
        owned.write({"outcome": "content", "result": "Called"})
        with self.assertRaises(UserError):
            owned.action_done()
        self.end(followup.complaint_id, "withdrawn")

        with self.assertRaises(UserError):
            owned.action_reopen()

    def test_t14_nobody_says_which_complaint_it_is(self):
        followup = self.answer(0)
        with self.assertRaises(UserError):
            followup.with_user(self.manager).write({"complaint_id": followup.complaint_id.id})

    def test_a_late_complaint_is_a_late_follow_up(self):
        with freeze_time("2026-03-02 10:00:00"):
            followup = self.answer(0)
            complaint = followup.complaint_id
        complaint.outcome = "rejected"
        with freeze_time("2026-12-02 10:00:00"):
            self.end(complaint, "closed")

        self.assertTrue(followup.is_missed)
        self.assertEqual((followup.closed_points, followup.in_time_points), (100, 0))
