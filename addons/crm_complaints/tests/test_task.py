from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Datetime
from odoo.tests import Form

from .process_common import ProcessCase


@freeze_time("2026-03-02 08:00:00")
class TestTask(ProcessCase):
    """Tasks: acceptance, work and check, each with its own time, all on record."""

    def order(self, sender=None, **values):
        complaint = values.pop("complaint", None) or self.complaint(self.clerk)
        return (
            self.env["crm.complaint.task"]
            .with_user(sender or self.clerk)
            .create(
                {
                    "complaint_id": complaint.id,
                    "name": "Check the stock",
                    "user_id": self.outsider.id,
                    **values,
                }
            )
            .with_env(self.env)
        )

    def ask(self, task, user, deed, **values):
        ask = self.env["crm.complaint.task.ask"].with_user(user)
        return ask.create({"task_id": task.id, "deed": deed, **values}).action_do()

    def test_an_order_is_accepted_done_and_checked(self):
        task = self.order(controller_id=self.leader.id)
        mine, checked = task.with_user(self.outsider), task.with_user(self.leader)

        mine.action_accept()
        mine.action_start()
        self.ask(task, self.outsider, "finish", result="Three are left")
        open_until_checked = task.is_open
        checked.action_check()

        self.assertTrue(open_until_checked)
        self.assertRecordValues(
            task, [{"state": "checked", "result": "Three are left", "is_open": False}]
        )
        self.assertRecordValues(
            task.event_ids.sorted("id"),
            [
                {"deed": "offer", "user_id": self.clerk.id, "state_to": "offered"},
                {"deed": "accept", "user_id": self.outsider.id, "state_to": "accepted"},
                {"deed": "start", "user_id": self.outsider.id, "state_to": "started"},
                {"deed": "finish", "user_id": self.outsider.id, "state_to": "done"},
                {"deed": "check", "user_id": self.leader.id, "state_to": "checked"},
            ],
        )

    def test_a_result_that_is_not_good_is_returned_with_a_reason(self):
        task = self.order(controller_id=self.leader.id)
        self.finish(task)

        with self.assertRaisesRegex(UserError, "Say why"):
            self.ask(task, self.leader, "return")
        self.ask(task, self.leader, "return", text="Count again")
        self.finish(task)

        self.assertRecordValues(task, [{"state": "done", "reason": "Count again"}])

    def test_a_task_is_refused_with_a_reason_and_given_to_another(self):
        task = self.order()

        self.ask(task, self.outsider, "refuse", text="Not my warehouse")
        refused = task.state
        self.ask(task, self.clerk, "offer", user_id=self.salesman.id)

        self.assertEqual(refused, "refused")
        self.assertRecordValues(task, [{"state": "offered", "user_id": self.salesman.id}])

    def test_acceptance_and_work_have_clocks_of_their_own(self):
        accept = self.env.ref("crm_complaints.crm_deadline_policy_accept")
        work = self.env.ref("crm_complaints.crm_deadline_policy_step_short")
        task = self.order(accept_policy_id=accept.id, work_policy_id=work.id)
        first = task._deadline_open()

        with freeze_time("2026-03-03 08:00:00"):
            task.with_user(self.outsider).action_accept()
        second = task._deadline_open()
        with freeze_time("2026-03-03 12:00:00"):
            task.with_user(self.outsider)._do("finish")

        self.assertEqual((first.kind, first.state), ("crm_complaints.accept", "missed"))
        self.assertEqual((second.kind, second.state), ("crm_complaints.work", "met"))
        self.assertEqual(task.date_deadline, Datetime.to_datetime("2026-03-04 17:00:00"))
        self.assertRecordValues(task, [{"is_accept_late": True, "is_late": False}])

    def test_what_is_done_after_its_day_is_late(self):
        task = self.order(date_deadline="2026-03-03 12:00:00")

        with freeze_time("2026-03-04 08:00:00"):
            self.finish(task)

        self.assertTrue(task.is_late)

    def _mark_late(self):
        with self.enter_registry_test_mode():
            self.env.ref("crm_complaints.crm_complaint_task_late_cron").method_direct_trigger()
        self.env.invalidate_all()

    def test_an_open_task_is_late_once_its_day_has_passed(self):
        late = self.order(date_deadline="2026-03-03 12:00:00")
        early = self.order(date_deadline="2026-03-05 12:00:00")
        done = self.order(date_deadline="2026-03-03 12:00:00")
        self.finish(done)

        with freeze_time("2026-03-04 08:00:00"):
            self._mark_late()
            self._mark_late()

        self.assertRecordValues(
            late | early | done,
            [
                {"is_late": True, "is_open": True},
                {"is_late": False, "is_open": True},
                {"is_late": False, "is_open": False},
            ],
        )

    def test_a_term_that_stands_still_makes_nobody_late(self):
        work = self.env.ref("crm_complaints.crm_deadline_policy_step_short")
        task = self.order(work_policy_id=work.id)
        task.with_user(self.outsider).action_accept()
        task.complaint_id.action_wait()

        with freeze_time("2026-04-02 08:00:00"):
            self._mark_late()

        self.assertFalse(task.is_late)

    def test_another_day_agreed_on_before_acceptance_is_not_late(self):
        task = self.order(date_deadline="2026-03-03 12:00:00")
        with freeze_time("2026-03-04 08:00:00"):
            self._mark_late()

            task.with_user(self.clerk).date_deadline = "2026-03-09 12:00:00"

        self.assertFalse(task.is_late)

    def test_a_policy_applied_anew_moves_the_day_on_the_task(self):
        work = self.env.ref("crm_complaints.crm_deadline_policy_step_short")
        task = self.order(work_policy_id=work.id)
        task.with_user(self.outsider).action_accept()
        before = task.date_deadline
        work.term_amount += 1

        wizard = self.env["crm.deadline.reapply"].with_user(self.manager)
        wizard = wizard.create({"policy_id": work.id})
        wizard.line_ids.is_chosen = True
        wizard.action_apply()

        self.assertGreater(task.date_deadline, before)
        self.assertEqual(task.date_deadline, task._deadline_open().date_due)

    def test_each_side_has_a_to_do_and_only_one(self):
        task = self.order(controller_id=self.leader.id)
        offered = task.activity_ids
        offered_to = offered.user_id
        task.with_user(self.outsider).action_accept()
        accepted_by = task.activity_ids.user_id

        self.finish(task)

        self.assertEqual((offered_to, accepted_by), (self.outsider, self.outsider))
        self.assertEqual(task.activity_ids.user_id, self.leader)
        self.assertEqual(len(task.activity_ids), 1)

    def test_required_points_are_ticked_before_the_end(self):
        complaint = self.complaint(self.clerk)
        task = complaint.task_ids.with_user(self.clerk)

        with self.assertRaisesRegex(UserError, "Fill in or tick: Told the complainant"):
            self.ask(task, self.clerk, "finish")
        with Form(task) as form, form.check_ids.edit(0) as check:
            check.is_done = True
        self.ask(task, self.clerk, "finish")

        self.assertEqual(task.state, "done")
        self.assertRecordValues(
            task.check_ids,
            [{"user_id": self.clerk.id, "date": Datetime.to_datetime("2026-03-02 08:00:00")}],
        )

    def test_a_point_is_ticked_by_whoever_does_the_task(self):
        check = self.complaint(self.clerk).task_ids.check_ids

        with self.assertRaises(AccessError):
            check.with_user(self.leader).is_done = True
        with self.assertRaises(AccessError):
            check.with_user(self.clerk).name = "Nothing"

    def test_where_there_is_a_choice_it_is_made(self):
        complaint = self.complaint(stage_id=self.stage_answered.id)
        task = self.task_of(complaint, self.steps["follow_up"]).with_user(self.clerk)
        task.action_accept()
        task.check_ids.write({"is_done": True})

        with self.assertRaisesRegex(UserError, "Choose what follows"):
            self.ask(task, self.clerk, "finish")
        with self.assertRaisesRegex(UserError, "does not follow"):
            self.ask(task, self.clerk, "finish", next_step_id=self.steps["assess"].id)
        self.ask(task, self.clerk, "finish", next_step_id=self.steps["second"].id)

        self.assertEqual(complaint.open_task_ids.step_id, self.steps["second"])
        self.assertEqual(complaint.open_task_ids.user_id, self.leader)

    def test_nobody_checks_his_own_work(self):
        with self.assertRaisesRegex(ValidationError, "nobody checks his own work"):
            self.order(controller_id=self.outsider.id)

    def test_a_task_is_for_its_parties_only(self):
        task = self.order(controller_id=self.leader.id)

        for person in (self.clerk, self.leader, self.manager):
            with self.subTest(person=person.name), self.assertRaises(AccessError):
                task.with_user(person).action_accept()
        self.finish(task)
        for person in (self.clerk, self.outsider, self.manager):
            with self.subTest(person=person.name), self.assertRaises(AccessError):
                task.with_user(person).action_check()

    def test_t4_facts_are_nobodys_to_write(self):
        task = self.order(state="checked", sender_id=self.manager.id, date_done="2026-01-01")

        self.assertRecordValues(
            task, [{"state": "offered", "sender_id": self.clerk.id, "date_done": False}]
        )
        for values in ({"state": "done"}, {"sender_id": 1}, {"result": "x"}, {"reason": "x"}):
            with self.subTest(values=values), self.assertRaises(AccessError):
                task.with_user(self.clerk).write(values)

    def test_terms_change_only_until_acceptance(self):
        task = self.order()
        task.with_user(self.clerk).name = "Check the stock today"
        task.with_user(self.outsider).action_accept()

        with self.assertRaisesRegex(UserError, "accepted as it is"):
            task.with_user(self.clerk).name = "Something else"

    def test_t19_tasks_and_their_log_are_kept(self):
        task = self.order()

        with self.assertRaises(UserError):
            task.unlink()
        with self.assertRaises(UserError):
            task.copy()
        with self.assertRaises(AccessError):
            task.event_ids.write({"reason": "x"})
        with self.assertRaises(AccessError):
            task.event_ids.unlink()

    def test_t18_a_second_click_changes_nothing(self):
        task = self.order().with_user(self.outsider)
        task.action_accept()

        with self.assertRaisesRegex(UserError, "does not allow that"):
            task.action_accept()

        self.assertEqual(len(task.event_ids.filtered(lambda e: e.deed == "accept")), 1)

    def test_an_order_names_its_complaint_and_its_receiver(self):
        tasks = self.env["crm.complaint.task"].with_user(self.clerk)

        with self.assertRaisesRegex(UserError, "which complaint"):
            tasks.create({"name": "Look", "user_id": self.outsider.id})
        with self.assertRaisesRegex(UserError, "whose task"):
            tasks.create({"name": "Look", "complaint_id": self.complaint().id})
