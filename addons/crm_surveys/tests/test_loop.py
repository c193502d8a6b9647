from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tools import mute_logger

from .common import SurveysCase

#: A Monday, in working hours.
NOW = "2026-03-02 10:00:00"


@freeze_time(NOW)
class TestLoop(SurveysCase):
    """What follows from an answer: by whom, until when, and how it ends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["crm.survey.loop.rule"]
        cls.rules.search([]).active = False
        cls.cause = cls.env["crm.survey.topic"].create({"name": "Slow (loop)"})
        cls.policy = cls.env.ref("crm_surveys.crm_deadline_policy_followup")
        cls.asked = cls.survey(("nps", "text"), user_id=cls.manager.id)

    @classmethod
    def rule(cls, **values):
        return cls.rules.create({"name": "Detractors", "policy_id": cls.policy.id, **values})

    def answer(self, nps=3, survey=None, **values):
        """Let a customer answer, and return what follows."""
        moment = {"rated_user_id": self.employee.id, "rated_team_id": self.team.id, **values}
        answers = {"nps": nps, "text": "Nobody called back"}
        response = self.respond(survey or self.asked, answers=answers, **moment)
        return self.fact(response).followup_ids

    def end(self, followup, user=None, **values):
        followup = followup.with_user(user or self.leader)
        followup.write(
            {
                "outcome": "content",
                "cause_id": self.cause.id,
                "result": "Called, and delivered.",
                **values,
            }
        )
        followup.action_done()

    def test_a_low_score_is_followed_up_by_the_leader_in_time(self):
        self.rule()

        followup = self.answer()

        self.assertEqual(followup.user_id, self.leader)
        self.assertEqual(followup.state, "open")
        self.assertEqual(followup.activity_ids.user_id, self.leader)
        clock = followup.deadline_clock_ids
        self.assertEqual(clock.policy_id, self.policy)
        self.assertEqual(followup.date_deadline, clock.date_due)
        self.assertIn("Nobody called back", followup.words)

    def test_a_good_score_is_not(self):
        self.rule()

        self.assertFalse(self.answer(nps=7))

    def test_nobody_is_talked_to_whom_we_do_not_know(self):
        self.rule()
        response = self.env["survey.user_input"].create({"survey_id": self.asked.id})

        self.finish(response, {"nps": 0})

        self.assertTrue(self.fact(response))
        self.assertFalse(self.fact(response).followup_ids)

    def test_a_question_that_was_skipped_is_no_low_score(self):
        self.rule()

        self.assertFalse(self.answer(nps=None))

    def test_a_rule_may_be_for_some_customers_only(self):
        tag = self.env["res.partner.category"].create({"name": "Key (loop)"})
        self.rule(tag_ids=[Command.set(tag.ids)])

        self.assertFalse(self.answer())
        self.company_partner.category_id = tag
        self.assertTrue(self.answer())

    def test_a_rule_may_be_for_some_surveys_only(self):
        self.rule(survey_ids=[Command.set(self.survey(("nps",)).ids)])

        self.assertFalse(self.answer())

    def test_the_first_rule_decides_and_makes_one(self):
        first = self.rule(sequence=1, owner="employee")
        self.rule(sequence=2)

        followup = self.answer()

        self.assertEqual(followup.rule_id, first)
        self.assertEqual(followup.user_id, self.employee)

    def test_t18_a_rebuild_makes_nothing_twice(self):
        self.rule()
        followup = self.answer()

        self.asked._rebuild_facts()

        self.assertEqual(self.env["crm.survey.fact"].search([]).followup_ids & followup, followup)
        self.assertEqual(len(followup.fact_id.followup_ids), 1)

    def test_a_leader_without_the_role_leaves_it_to_the_survey(self):
        self.rule()
        self.team.user_id = self.outsider

        self.assertEqual(self.answer().user_id, self.manager)

    def test_without_working_hours_it_goes_without_a_term(self):
        hours = self.env["resource.calendar"].create({"name": "None", "attendance_ids": False})
        hours.attendance_ids.unlink()
        policy = self.env["crm.deadline.policy"].create(
            {"name": "Never", "calendar_id": hours.id, "term_amount": 2}
        )
        self.rule(policy_id=policy.id)

        followup = self.answer()

        self.assertFalse(followup.date_deadline)
        self.assertTrue(followup.user_id)

    @mute_logger("odoo.addons.crm_surveys.models.loop.crm_survey_followup_make")
    def test_t5_the_answer_stays_whatever_goes_wrong_with_a_rule(self):
        self.rule()
        followups = type(self.env["crm.survey.followup"])

        def fail(followup):
            raise ValueError(followup)

        self.patch(followups, "_follow_made", fail)

        self.assertFalse(self.answer())
        self.assertTrue(self.env["crm.survey.fact"].search([("survey_id", "=", self.asked.id)]))

    def test_it_ends_with_outcome_cause_and_words(self):
        self.rule()
        followup = self.answer()

        for missing in ({"outcome": False}, {"cause_id": False}, {"result": " "}):
            with self.subTest(missing=missing), self.assertRaises(UserError):
                self.end(followup, **missing)
        self.end(followup)

        self.assertEqual((followup.state, followup.done_user_id), ("done", self.leader))
        self.assertTrue(followup.deadline_clock_ids.date_end)
        self.assertFalse(followup.activity_ids)

    def test_the_mean_of_the_points_is_the_loop_rate(self):
        self.rule()
        for outcome in ("content", "not_reached"):
            self.end(self.answer(), outcome=outcome)
        self.answer()

        points = self.env["crm.survey.followup"]._read_group(
            [("survey_id", "=", self.asked.id)], [], ["closed_points:sum", "__count"]
        )

        self.assertEqual(points, [(100, 3)])

    def test_a_missed_term_is_told_and_stays(self):
        self.rule()
        followup = self.answer()

        with freeze_time(followup.date_deadline + timedelta(hours=1)):
            self.end(followup)

        self.assertTrue(followup.is_missed)
        self.assertEqual((followup.closed_points, followup.in_time_points), (100, 0))

    def test_what_is_done_stays_until_the_leader_takes_it_up(self):
        self.rule(owner="employee")
        followup = self.answer()
        self.end(followup, self.employee)

        with self.assertRaises(UserError):
            followup.with_user(self.employee).result = "Something else"
        with self.assertRaises(AccessError):
            followup.with_user(self.employee).action_reopen()
        followup.with_user(self.leader).action_reopen()

        self.assertEqual(followup.state, "open")
        self.assertEqual(len(followup._deadline_open()), 1)

    def test_t19_the_system_s_fields_are_not_written(self):
        self.rule()
        followup = self.answer()

        for name, value in (("state", "done"), ("is_missed", False), ("closed_points", 100)):
            with self.subTest(name=name), self.assertRaises(UserError):
                followup.with_user(self.manager).write({name: value})
        with self.assertRaises(AccessError):
            followup.with_user(self.manager).unlink()
        with self.assertRaises(AccessError):
            followup.with_user(self.manager).create({"fact_id": followup.fact_id.id})

    def test_it_is_not_handed_to_who_would_not_see_it(self):
        self.rule()
        followup = self.answer().with_user(self.leader)

        with self.assertRaises(UserError):
            followup.user_id = self.outsider

    def test_it_is_handed_on_with_its_clock_and_task(self):
        self.rule()
        followup = self.answer()

        followup.with_user(self.leader).user_id = self.employee

        self.assertEqual(followup._deadline_open().user_id, self.employee)
        self.assertEqual(followup.activity_ids.user_id, self.employee)

    def test_t1_who_sees_which_followup(self):
        self.rule()
        followup = self.answer()
        other = self.answer(rated_user_id=self.colleague.id, rated_team_id=self.other_team.id)

        for role, seen in (
            ("employee", followup.browse()),
            ("leader", followup),
            ("manager", followup | other),
        ):
            found = self.env["crm.survey.followup"].with_user(getattr(self, role))
            with self.subTest(role=role):
                self.assertEqual(found.search([("survey_id", "=", self.asked.id)]), seen)
        with self.assertRaises(AccessError):
            self.env["crm.survey.followup"].with_user(self.outsider).search([])

    def test_t1_only_managers_set_rules(self):
        rule = self.rule()

        for role in ("employee", "leader"):
            own = rule.with_user(getattr(self, role))
            with self.subTest(role=role), self.assertRaises(AccessError):
                own.threshold = 0
        rule.with_user(self.manager).threshold = 5

        self.assertEqual(rule.threshold, 5)

    def test_who_recommends_us_is_asked_for_a_reference(self):
        self.rule(kind="reference", direction="at_least", threshold=9, owner="employee")
        followup = self.answer(nps=10)

        with self.assertRaises(UserError):
            self.end(followup, self.employee, outcome="content")
        self.end(followup, self.employee, outcome="agreed", cause_id=False)

        self.assertEqual(followup.kind, "reference")
        self.assertEqual((followup.outcome, followup.done_user_id), ("agreed", self.employee))

    def test_anonymizing_takes_the_person_out_of_it(self):
        self.rule()
        followup = self.answer()
        self.end(followup)

        followup.fact_id.user_input_id._anonymize("person")

        self.assertFalse(followup.partner_id)
        self.assertNotIn("Called", followup.result)
        self.assertNotIn("Nobody", followup.words)
        self.assertFalse(followup.message_ids)
        self.assertEqual(followup.closed_points, 100)

    def test_a_threshold_lies_on_the_scale(self):
        with self.assertRaises(ValidationError):
            self.rule(threshold=11)

    def test_a_certain_person_is_named(self):
        with self.assertRaises(ValidationError):
            self.rule(owner="person")
