from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command, Datetime
from odoo.tests import Form

from odoo.addons.crm_complaints.way import MAIL, by_way

from .process_common import ProcessCase


@freeze_time("2026-03-02 08:00:00")
class TestProcessCase(ProcessCase):
    """A case goes through its process by itself."""

    def test_a_new_complaint_comes_into_the_hands_of_whoever_is_responsible(self):
        complaint = self.complaint()

        self.assertEqual(complaint.process_id, self.process)
        self.assertRecordValues(
            complaint.task_ids,
            [
                {
                    "step_id": self.steps["acknowledge"].id,
                    "user_id": self.clerk.id,
                    "state": "offered",
                    "team_id": self.team.id,
                }
            ],
        )

    def test_ones_own_complaint_needs_no_acceptance(self):
        complaint = self.complaint(self.clerk)

        self.assertEqual(complaint.task_ids.state, "accepted")

    def test_what_nobody_is_responsible_for_is_in_nobodys_hands_until_somebody_is(self):
        complaint = self.complaint(user_id=False)
        task = complaint.task_ids
        before = task.user_id

        complaint.user_id = self.leader

        self.assertFalse(before)
        self.assertRecordValues(task, [{"user_id": self.leader.id, "state": "offered"}])

    def test_whoever_works_on_the_complaint_takes_what_is_in_nobodys_hands(self):
        task = self.complaint(user_id=False).task_ids

        task.with_user(self.clerk).action_accept()

        self.assertRecordValues(task, [{"user_id": self.clerk.id, "state": "accepted"}])

    def test_the_next_step_starts_by_itself_and_the_stage_follows(self):
        complaint = self.complaint(self.clerk)

        self.finish(complaint.task_ids)

        self.assertEqual(complaint.stage_id, self.stage_acknowledged)
        self.assertRecordValues(
            complaint.open_task_ids,
            [{"step_id": self.steps["assess"].id, "user_id": self.clerk.id, "state": "accepted"}],
        )

    def test_a_case_goes_the_whole_way_to_its_end(self):
        complaint = self.complaint(self.clerk, severity="low", impact="low")
        for step in ("acknowledge", "assess", "investigate"):
            self.finish(self.task_of(complaint, self.steps[step]))
        complaint.outcome = "rejected"
        self.finish(self.task_of(complaint, self.steps["decide"]))
        answered = complaint.stage_id
        end = self.env.ref("crm_complaints.crm_complaint_step_close")

        self.finish(self.task_of(complaint, self.steps["follow_up"]), next_step=end)

        self.assertEqual(answered, self.stage_answered)
        self.assertEqual(complaint.stage_id, self.stage_closed)
        self.assertFalse(complaint.open_task_ids)
        self.assertFalse(complaint.deviation_ids)
        self.assertTrue(complaint.date_closed)

    def test_two_departments_work_at_once_and_what_follows_waits_for_both(self):
        _process, steps = self.make_fork()
        complaint = self.complaint(self.clerk)
        self.finish(complaint.task_ids)
        both = complaint.open_task_ids.mapped("name")
        self.finish(self.task_of(complaint, steps["Shop"]))
        waits = self.task_of(complaint, steps["Decide"]).state
        self.finish(self.task_of(complaint, steps["Look"]))
        waits_still = self.task_of(complaint, steps["Decide"]).state

        self.finish(self.task_of(complaint, steps["Repair"]))

        self.assertEqual(set(both), {"Shop", "Look"})
        self.assertEqual((waits, waits_still), ("waiting", "waiting"))
        self.assertRecordValues(
            self.task_of(complaint, steps["Decide"]),
            [{"state": "offered", "user_id": self.clerk.id}],
        )
        self.assertEqual(complaint.stage_id, self.stage_investigated)

    def test_a_second_instance_is_nobody_who_worked_on_the_case(self):
        leader = self.env.ref("crm_complaints.crm_complaint_role_leader")
        responsible = self.env.ref("crm_complaints.crm_complaint_role_responsible")
        _process, steps = self.make_process(
            {
                "Answer": (self.stage_received, responsible, ["Review"], {}),
                "Review": (self.stage_acknowledged, leader, ["End"], {"is_fresh": True}),
                "End": (self.stage_closed, None, [], {}),
            }
        )
        by_leader = self.complaint(self.leader, user_id=self.leader.id)
        by_clerk = self.complaint(self.clerk)

        for complaint in (by_leader, by_clerk):
            self.finish(complaint.task_ids)

        self.assertFalse(self.task_of(by_leader, steps["Review"]).user_id)
        self.assertEqual(self.task_of(by_clerk, steps["Review"]).user_id, self.leader)

    def test_whoever_has_least_to_do_gets_the_next_one(self):
        role = self.role(self.clerk, self.leader)
        self.make_process(
            {
                "Look": (self.stage_received, role, ["End"], {}),
                "End": (self.stage_closed, None, [], {}),
            }
        )

        complaints = self.env["crm.complaint"].create(
            [{"name": f"Late {number}", "team_id": self.team.id} for number in range(4)]
        )

        self.assertEqual(
            [task.user_id.login for task in complaints.task_ids.sorted("id")],
            ["cmp_clerk", "cmp_leader", "cmp_clerk", "cmp_leader"],
        )

    def test_whoever_is_away_is_stood_in_for(self):
        self.clerk.deadline_deputy_id = self.leader
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "resource_id": self.env["resource.resource"]
                .create({"name": "Clara", "user_id": self.clerk.id})
                .id,
                "date_from": "2026-03-01 00:00:00",
                "date_to": "2026-03-08 00:00:00",
                "time_type": "leave",
            }
        )

        complaint = self.complaint()

        self.assertEqual(complaint.task_ids.user_id, self.leader)

    def test_a_result_that_is_checked_goes_on_only_after_the_check(self):
        responsible = self.env.ref("crm_complaints.crm_complaint_role_responsible")
        self.make_process(
            {
                "Answer": (
                    self.stage_received,
                    responsible,
                    ["End"],
                    {"check_role_id": self.role(self.leader).id},
                ),
                "End": (self.stage_closed, None, [], {}),
            }
        )
        complaint = self.complaint(self.clerk)
        task = self.finish(complaint.task_ids)
        before = complaint.stage_id

        task.with_user(self.leader).action_check()

        self.assertEqual(before, self.stage_received)
        self.assertEqual(complaint.stage_id, self.stage_closed)

    def test_the_time_of_a_task_stops_while_the_customer_is_waited_for(self):
        waiting = self.env["crm.complaint.stage"].create({"name": "Waiting", "kind": "waiting"})
        complaint = self.complaint(self.clerk)
        task = complaint.task_ids
        clock = task._deadline_open(["crm_complaints.work"])

        complaint.with_user(self.clerk).stage_id = waiting
        paused = clock.state
        with freeze_time("2026-03-04 08:00:00"):
            complaint.with_user(self.clerk).stage_id = self.stage_received

        self.assertEqual((paused, clock.state), ("paused", "running"))
        self.assertEqual(clock.date_due, Datetime.to_datetime("2026-03-05 17:00:00"))
        self.assertEqual(task.date_deadline, clock.date_due)
        self.assertFalse(complaint.deviation_ids)

    def test_the_button_that_waits_stops_the_time_of_tasks_too(self):
        complaint = self.complaint(self.clerk)
        task = complaint.task_ids
        clock = task._deadline_open(["crm_complaints.work"])

        complaint.with_user(self.clerk).action_wait()
        with freeze_time("2026-03-04 08:00:00"):
            self.finish(task)

        self.assertEqual(clock.state, "met")
        self.assertFalse(task.is_late)

    def test_orders_end_with_the_case(self):
        complaint = self.complaint(self.clerk)
        order = self.env["crm.complaint.task"].create(
            {"complaint_id": complaint.id, "name": "Look", "user_id": self.leader.id}
        )

        with by_way(MAIL):
            complaint.stage_id = self.stage_withdrawn

        self.assertEqual(order.state, "cancelled")
        self.assertFalse(complaint.open_task_ids)

    def test_an_ended_case_brought_in_from_elsewhere_has_no_process(self):
        complaint = self.complaint(stage_id=self.stage_closed.id)

        self.assertFalse(complaint.process_id)
        self.assertFalse(complaint.task_ids)

    def test_the_process_of_the_category_is_taken_before_the_general_one(self):
        goods = self.env["crm.complaint.category"].create(
            {"name": "Scratch", "parent_id": self.category.id}
        )
        special, _steps = self.make_process(
            {
                "Look": (self.stage_received, None, ["End"], {}),
                "End": (self.stage_closed, None, [], {}),
            },
            category_ids=[Command.set(self.category.ids)],
        )

        inside = self.complaint(category_id=goods.id)
        outside = self.complaint(category_id=False)

        self.assertEqual((inside.process_id, outside.process_id), (special, self.process))

    def test_nobody_changes_the_process_of_a_case(self):
        complaint = self.complaint()

        with self.assertRaises(UserError):
            complaint.with_user(self.manager).process_id = False
        with self.assertRaises(UserError):
            self.complaint(self.manager, process_id=self.process.id)

    def test_t18_a_step_is_under_way_once(self):
        complaint = self.complaint(self.clerk)
        self.finish(complaint.task_ids)

        complaint._await_steps(self.steps["assess"])

        self.assertEqual(len(complaint.task_ids.filtered(lambda t: t.name == "Assess")), 1)

    def test_the_form_says_before_the_click_what_is_missing(self):
        complaint = self.complaint(self.clerk, impact=False)
        self.finish(complaint.task_ids)

        with Form(complaint.with_user(self.clerk)) as form:
            hint = form.process_hint

        self.assertEqual(hint, "Assess: Accepted, Clara Clerk. To do: Severity, Impact")
        self.assertEqual(
            {step["name"] for step in complaint.process_map["steps"]},
            set(self.process.step_ids.mapped("name")),
        )
        self.assertEqual(complaint.process_map["working"], self.steps["assess"].ids)

    def test_a_batch_begins_its_process_without_a_statement_for_each(self):
        stage = self.stage_received.id
        vals = {"name": "Late", "team_id": self.team.id, "user_id": self.clerk.id}
        complaints = self.env["crm.complaint"].with_context(mail_create_nolog=True)
        complaints.create([{**vals, "stage_id": stage}])

        with self.assertQueryCount(50):
            complaints.create([{**vals, "stage_id": stage}] * 100)
            self.env.flush_all()
