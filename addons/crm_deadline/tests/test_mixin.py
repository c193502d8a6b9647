from odoo.exceptions import AccessError
from odoo.fields import Command

from .common import DeadlineCase, at
from .fake_models import DeadlineTestTask, load_model


class TestMixin(DeadlineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        load_model(cls, DeadlineTestTask)
        cls.env["ir.model.access"].create(
            {
                "name": "task",
                "model_id": cls.env["ir.model"]._get_id("deadline.test.task"),
                "group_id": cls.env.ref("base.group_user").id,
                "perm_read": True,
                "perm_write": True,
                "perm_create": True,
                "perm_unlink": True,
            }
        )

    def setUp(self):
        super().setUp()
        self.tasks = self.env["deadline.test.task"].create(
            [{"name": "Call", "user_id": self.salesman.id}, {"name": "Write"}]
        )

    def test_starting_on_many_records_at_once(self):
        clocks = self.tasks._deadline_start(self.policy, "answer", reason="New")

        self.assertEqual(clocks.mapped("res_id"), self.tasks.ids)
        self.assertEqual(clocks[0].user_id, self.salesman)
        self.assertFalse(clocks[1].user_id)
        self.assertEqual(self.tasks[0].deadline_clock_ids, clocks[0])

    def test_a_user_sees_the_deadlines_of_what_he_sees(self):
        clocks = self.tasks._deadline_start(self.policy, "answer")
        task = self.tasks[0].with_user(self.employee)

        self.assertEqual(task.deadline_clock_ids, clocks[0])
        self.assertEqual(task.deadline_clock_ids.state, "running")
        self.assertEqual(
            task.search([("deadline_clock_ids.date_due", "=", at("2026-03-02 17:00"))]),
            self.tasks,
        )

    def test_open_clocks_by_kind(self):
        answer = self.tasks._deadline_start(self.policy, "answer")
        self.tasks._deadline_start(self.policy, "visit")
        answer[0]._stop()

        self.assertEqual(self.tasks._deadline_open(["answer"]), answer[1])
        self.assertEqual(len(self.tasks._deadline_open()), 3)

    def test_deleting_the_record_deletes_its_clocks_and_ledger(self):
        clocks = self.tasks._deadline_start(self.policy, "answer")
        events = clocks.event_ids

        self.tasks[0].with_user(self.employee).unlink()

        self.assertEqual(clocks.exists(), clocks[1])
        self.assertEqual(events.exists(), clocks[1].event_ids)

    def test_a_copy_has_no_deadlines(self):
        self.tasks._deadline_start(self.policy, "answer")

        self.assertFalse(self.tasks[0].copy().deadline_clock_ids)

    def test_the_record_gives_no_way_to_its_clocks(self):
        clock = self.tasks._deadline_start(self.policy, "answer")[0]
        for command in (
            Command.delete(clock.id),
            Command.unlink(clock.id),
            Command.clear(),
            Command.update(clock.id, {"state": "met"}),
            Command.create({"kind": "x"}),
        ):
            for task in (self.tasks[0].with_user(self.employee), self.tasks[0].sudo()):
                subtest = self.subTest(command=command, su=task.env.su)
                with subtest, self.assertRaises(AccessError), self.env.cr.savepoint():
                    task.write({"deadline_clock_ids": [command]})

    def test_the_default_hook_lets_the_sweep_pass(self):
        clocks = self.tasks._deadline_start(self.policy, "answer", date=at("2026-02-02 08:00"))

        self._sweep()

        self.assertEqual(clocks.mapped("is_followed_up"), [True, True])
