from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from odoo.addons.crm_complaints.way import PORTAL, by_way

from .process_common import ProcessCase


@freeze_time("2026-03-02 08:00:00")
class TestProcessGate(ProcessCase):
    """Moves that the process allows, and those it does not."""

    def test_moving_on_finishes_the_step(self):
        complaint = self.complaint(self.clerk)
        complaint.task_ids.check_ids.with_user(self.clerk).is_done = True

        complaint.with_user(self.clerk).stage_id = self.stage_acknowledged

        self.assertEqual(self.task_of(complaint, self.steps["acknowledge"]).state, "done")
        self.assertEqual(complaint.open_task_ids.step_id, self.steps["assess"])
        self.assertEqual(complaint.stage_id, self.stage_acknowledged)

    def test_what_a_step_asks_for_may_come_with_the_move(self):
        complaint = self.complaint(self.clerk)
        self.finish(complaint.task_ids)

        complaint.with_user(self.clerk).write(
            {"stage_id": self.stage_assessed.id, "severity": "low", "impact": "low"}
        )

        self.assertEqual(complaint.open_task_ids.step_id, self.steps["investigate"])

    def test_t14_a_move_without_what_is_required_is_refused_on_every_door(self):
        complaint = self.complaint(self.clerk)
        self.finish(complaint.task_ids)

        with self.assertRaisesRegex(UserError, "Severity, Impact"):
            complaint.with_user(self.clerk).stage_id = self.stage_assessed
        with self.assertRaisesRegex(UserError, "Severity, Impact"):
            complaint.with_user(self.clerk).sudo().stage_id = self.stage_assessed
        with self.assertRaisesRegex(UserError, "Severity, Impact"):
            complaint.with_user(self.clerk).with_context(
                crm_complaints_process_at_work=True, way="system", install_mode=True
            ).stage_id = self.stage_assessed

        self.assertEqual(complaint.stage_id, self.stage_acknowledged)

    def test_a_stage_that_does_not_follow_is_refused_with_the_way_out(self):
        complaint = self.complaint(self.clerk)

        with self.assertRaisesRegex(
            UserError,
            r"cannot go to “Closed” now.\nUnder way: Acknowledge \(Clara Clerk\)\n"
            r".*: Assess\n.*Deviate",
        ):
            complaint.with_user(self.clerk).stage_id = self.stage_closed

    def test_somebody_elses_step_is_not_finished_by_a_move(self):
        complaint = self.complaint()

        with self.assertRaisesRegex(AccessError, "in the hands of Clara Clerk"):
            complaint.with_user(self.leader).stage_id = self.stage_acknowledged

    def test_a_step_that_is_checked_first_does_not_go_on_by_a_move(self):
        responsible = self.env.ref("crm_complaints.crm_complaint_role_responsible")
        checker = {"check_role_id": self.role(self.leader).id}
        self.make_process(
            {
                "Answer": (self.stage_received, responsible, ["End"], checker),
                "End": (self.stage_closed, None, [], {}),
            }
        )
        complaint = self.complaint(self.clerk)

        with self.assertRaisesRegex(UserError, "checked by Lea Leader first"):
            complaint.with_user(self.clerk).stage_id = self.stage_closed

    def test_the_ways_out_are_open_from_every_step(self):
        complaint = self.complaint(self.clerk)

        complaint.with_user(self.clerk).stage_id = self.stage_withdrawn

        self.assertEqual(complaint.task_ids.state, "cancelled")
        self.assertFalse(complaint.deviation_ids)

    def test_a_closed_case_is_reopened_where_the_process_says(self):
        complaint = self.complaint()
        complaint.stage_id = self.stage_closed
        second = self.env.ref("crm_complaints.crm_complaint_stage_second_instance")
        before = complaint.deviation_ids

        with self.assertRaises(UserError):
            complaint.with_user(self.clerk).stage_id = self.stage_assessed
        complaint.with_user(self.clerk).stage_id = second

        self.assertEqual(complaint.open_task_ids.step_id, self.steps["second"])
        self.assertEqual(complaint.deviation_ids, before)

    def test_mail_and_portal_are_followed_and_put_on_record(self):
        complaint = self.complaint()

        with by_way(PORTAL):
            complaint.stage_id = self.stage_investigated

        self.assertEqual(complaint.open_task_ids.step_id, self.steps["decide"])
        self.assertRecordValues(
            complaint.deviation_ids,
            [
                {
                    "stage_from_id": self.stage_received.id,
                    "stage_to_id": self.stage_investigated.id,
                    "way": "portal",
                    "reason": False,
                    "left_undone": "Acknowledge: Clara Clerk",
                }
            ],
        )

    def test_the_customer_who_confirms_finishes_the_last_step(self):
        complaint = self.complaint(stage_id=self.stage_answered.id)

        with by_way(PORTAL):
            complaint.stage_id = self.stage_closed

        self.assertEqual(self.task_of(complaint, self.steps["follow_up"]).state, "done")
        self.assertFalse(complaint.deviation_ids)

    # ---- deviations -----------------------------------------------------------------------

    def deviate(self, complaint, user, reason="The customer has sued"):
        wizard = self.env["crm.complaint.deviate"].with_user(user)
        wizard.create(
            {
                "complaint_id": complaint.id,
                "stage_id": self.stage_investigated.id,
                "reason": reason,
            }
        ).action_do()

    def test_a_deviation_moves_the_case_and_stays_on_record(self):
        complaint = self.complaint(self.clerk)

        self.deviate(complaint, self.clerk)

        self.assertEqual(complaint.stage_id, self.stage_investigated)
        self.assertEqual(self.task_of(complaint, self.steps["acknowledge"]).state, "cancelled")
        self.assertEqual(complaint.open_task_ids.step_id, self.steps["decide"])
        self.assertRecordValues(
            complaint.deviation_ids,
            [{"user_id": self.clerk.id, "way": "person", "reason": "The customer has sued"}],
        )
        self.assertEqual(complaint.move_ids.sorted("id")[-1:].way, "person")

    def test_a_deviation_needs_a_reason(self):
        complaint = self.complaint(self.clerk)

        with self.assertRaisesRegex(UserError, "Say why"):
            self.deviate(complaint, self.clerk, reason="  ")

    def test_the_process_says_who_may_deviate(self):
        self.process.deviate_by = "leader"
        complaint = self.complaint(self.clerk)

        with self.assertRaisesRegex(AccessError, "the team leader and managers"):
            self.deviate(complaint, self.clerk)
        self.deviate(complaint, self.leader)

        self.assertEqual(complaint.deviation_ids.user_id, self.leader)

    def test_t1_nobody_deviates_on_a_case_out_of_his_reach(self):
        complaint = self.complaint()

        with self.assertRaises(AccessError):
            self.deviate(complaint, self.colleague)

    def test_t19_deviations_are_sealed(self):
        complaint = self.complaint(self.clerk)
        self.deviate(complaint, self.clerk)
        deviation = complaint.deviation_ids

        for person in (self.clerk, self.manager):
            with self.assertRaises(AccessError):
                deviation.with_user(person).sudo().write({"reason": "None"})
            with self.assertRaises(AccessError):
                deviation.with_user(person).sudo().unlink()
