from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from .test_causes import CausesCase


class ActionCase(CausesCase):
    """Actions of the clerk against one cause."""

    @classmethod
    def action(cls, user=None, **values):
        actions = cls.env["crm.complaint.action"].with_user(user or cls.clerk)
        return actions.create(
            {
                "name": "Print labels from the order",
                "cause_id": cls.cause.id,
                "user_id": (user or cls.clerk).id,
                **values,
            }
        )


@freeze_time("2026-03-02 08:00:00")
class TestAction(ActionCase):
    """What is done after complaints, by whom and until when."""

    def test_the_kind_gives_term_and_window(self):
        containment = self.action(kind="containment")
        corrective = self.action()

        self.assertEqual((containment.check_days, corrective.check_days), (0, 90))
        self.assertEqual(
            corrective.policy_id,
            self.env.ref("crm_complaints.crm_deadline_policy_action_corrective"),
        )
        self.assertLess(containment.date_deadline, corrective.date_deadline)
        self.assertEqual(corrective.sudo().deadline_clock_ids.user_id, self.clerk)

    def test_carrying_out_stops_the_clock_and_plans_the_check(self):
        action = self.action(result="New template in use")
        with freeze_time("2026-03-10 08:00:00"):
            action.action_finish()

        self.assertRecordValues(
            action,
            [
                {
                    "state": "done",
                    "date_done": fields.Datetime.to_datetime("2026-03-10 08:00:00"),
                    "date_check": fields.Datetime.to_datetime("2026-06-08 08:00:00"),
                }
            ],
        )
        self.assertEqual(action.sudo().deadline_clock_ids.state, "met")

    def test_cancelling_is_no_success_of_the_clock(self):
        action = self.action()

        action.action_cancel()

        self.assertEqual(action.sudo().deadline_clock_ids.state, "cancelled")

    def test_another_term_starts_the_clock_anew(self):
        action = self.action()
        due = action.date_deadline

        action.policy_id = self.env.ref("crm_complaints.crm_deadline_policy_action_containment")

        self.assertLess(action.date_deadline, due)
        self.assertEqual(len(action._deadline_open()), 1)

    def test_an_action_without_a_result_is_not_carried_out(self):
        with self.assertRaisesRegex(UserError, "what was done"):
            self.action(result=" ").action_finish()

    def test_an_action_that_compares_nothing_is_not_carried_out(self):
        action = self.action(cause_id=False, result="Done")
        with self.assertRaisesRegex(UserError, "choose the cause"):
            action.action_finish()

        other = self.action(cause_id=False, result="Done", check_days=0)
        other.action_finish()

        self.assertFalse(other.date_check)

    def test_nobody_declares_an_action_effective(self):
        action = self.action(result="Done")
        action.action_finish()

        for user in (self.clerk, self.manager):
            with self.subTest(user=user.login), self.assertRaisesRegex(UserError, "by nobody else"):
                action.with_user(user).state = "effective"
        with self.assertRaisesRegex(UserError, "by nobody else"):
            self.action(state="effective")
        with self.assertRaisesRegex(UserError, "system sets this"):
            action.sudo().date_check = "2026-03-03 08:00:00"

    def test_the_cause_of_its_complaints_is_proposed(self):
        complaint = self.complaint(cause_share_ids=self.shares(70, 30))

        action = (
            self.env["crm.complaint.action"]
            .with_user(self.clerk)
            .create({"name": "Check the labels", "complaint_ids": complaint.ids})
        )

        self.assertEqual(action.cause_id, self.cause)

    def test_who_must_not_see_a_complaint_does_not_answer_for_its_action(self):
        complaint = self.complaint(about_user_ids=self.all_clerk.ids)

        with self.assertRaisesRegex(ValidationError, "cannot answer"):
            self.action(self.clerk, complaint_ids=complaint.ids, user_id=self.all_clerk.id)

    def test_t21_actions_of_a_confidential_complaint_are_hidden_with_it(self):
        open_case = self.complaint()
        secret = self.complaint(is_confidential=True, user_id=self.manager.id)
        action = self.action(self.manager, complaint_ids=[Command.set((open_case | secret).ids)])
        action.message_post(body="Delicate")

        for user in (self.clerk, self.leader, self.all_clerk):
            with self.subTest(user=user.login):
                self.assertHidden(action, user)
        self.assertTrue(action.has_access("write"))

    def assertHidden(self, action, user):
        self.env.invalidate_all()
        actions = self.env["crm.complaint.action"].with_user(user)
        of_it = [("id", "=", action.id)]
        self.assertFalse(actions.search(of_it))
        self.assertEqual(actions.search_count(of_it), 0)
        self.assertEqual(actions.formatted_read_group(of_it, ["state"], ["__count"]), [])
        with self.assertRaises(AccessError):
            action.with_user(user).read(["name"])
        messages = self.env["mail.message"].with_user(user)
        followers = self.env["mail.followers"].with_user(user)
        for records in (messages, followers):
            key = "model" if records._name == "mail.message" else "res_model"
            domain = [(key, "=", action._name), ("res_id", "=", action.id)]
            self.assertEqual(records.search_count(domain), 0)

    def test_t1_who_sees_which_action(self):
        cases = {
            "of his team's complaint": self.action(
                self.manager, complaint_ids=self.complaint().ids
            ),
            "of another team's": self.action(
                self.manager,
                complaint_ids=self.complaint(
                    team_id=self.other_team.id, user_id=self.colleague.id
                ).ids,
            ),
            "general": self.action(self.manager),
            "about an employee": self.action(self.manager, about_user_id=self.outsider.id),
            "own": self.action(self.clerk),
        }
        seen = {
            "clerk": [True, False, True, False, True],
            "colleague": [False, True, True, False, True],
            "all_clerk": [True, True, True, False, True],
            "manager": [True, True, True, True, True],
        }
        for role, answers in seen.items():
            for (case, action), sees in zip(cases.items(), answers, strict=True):
                with self.subTest(role=role, case=case):
                    self.env.invalidate_all()
                    self.assertEqual(action.with_user(getattr(self, role)).has_access("read"), sees)
        for role in ("salesman", "outsider", "customer_user"):
            with self.subTest(role=role):
                self.assertFalse(cases["general"].with_user(getattr(self, role)).has_access("read"))

    def test_t21_whom_an_action_is_about_does_not_see_it_even_as_a_manager(self):
        action = self.action(self.clerk, about_user_id=self.manager.id)

        self.assertHidden(action, self.manager)
        with self.assertRaisesRegex(ValidationError, "must not see"):
            action.activity_schedule("mail.mail_activity_data_todo", user_id=self.manager.id)
        action.message_subscribe(self.manager.partner_id.ids)
        self.assertNotIn(self.manager.partner_id, action.message_partner_ids)

    def test_t4_nobody_ties_an_action_to_a_complaint_out_of_reach(self):
        foreign = self.complaint(team_id=self.other_team.id, user_id=self.colleague.id)
        action = self.action()

        with self.assertRaises(AccessError):
            action.complaint_ids = foreign.ids
        with self.assertRaises(AccessError):
            self.action(complaint_ids=foreign.ids)

    def test_t15_other_companies_do_not_see_it(self):
        other = self.env["res.company"].create({"name": "Other Company"})
        action = self.env["crm.complaint.action"].create(
            {"name": "There", "company_id": other.id, "user_id": self.env.uid}
        )

        self.assertFalse(action.with_user(self.manager).has_access("read"))

    def test_clerks_cannot_delete_an_action(self):
        self.assertFalse(self.action().has_access("unlink"))

    def test_the_button_counts_what_the_viewer_may_see(self):
        complaint = self.complaint()
        secret = self.complaint(is_confidential=True, user_id=self.manager.id)
        self.action(self.clerk, complaint_ids=complaint.ids)
        self.action(self.manager, complaint_ids=(complaint | secret).ids)

        self.env.invalidate_all()
        self.assertEqual(complaint.with_user(self.clerk).action_count, 1)
        self.assertEqual(complaint.with_user(self.manager).action_count, 2)
