from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from .process_common import ProcessCase


class TestProcess(ProcessCase):
    """Processes are data: versions, what is wrong with them, the map."""

    def simple(self, **values):
        return self.make_process(
            {
                "Look": (self.stage_received, self.role(self.clerk), ["End"], {}),
                "End": (self.stage_closed, None, [], {}),
            },
            **values,
        )

    def test_the_shipped_process_is_in_force_and_sound(self):
        self.assertEqual(self.process.state, "in_force")
        self.assertFalse(self.process.problem)

    def test_a_running_case_keeps_its_version(self):
        process, steps = self.simple()
        complaint = self.complaint(self.clerk)
        action = process.with_user(self.manager).action_new_version()
        draft = self.env["crm.complaint.process"].browse(action["res_id"])
        draft.step_ids.filtered(lambda step: step.name == "Look").name = "Look Twice"

        draft.with_user(self.manager).action_put_in_force()
        newer = self.complaint(self.clerk)

        self.assertEqual((complaint.process_id, newer.process_id), (process, draft))
        self.assertEqual((process.state, draft.version), ("replaced", 2))
        self.assertEqual(complaint.task_ids.step_id, steps["Look"])
        self.assertEqual(newer.task_ids.name, "Look Twice")

    def test_a_new_version_is_made_once(self):
        process, _steps = self.simple()

        first, second = process.action_new_version(), process.action_new_version()

        self.assertEqual(first["res_id"], second["res_id"])

    def test_a_copy_has_the_steps_and_their_ways(self):
        process = self.process.copy()

        self.assertEqual(process.state, "draft")
        self.assertEqual(
            [sorted(step.next_step_ids.mapped("name")) for step in process.step_ids],
            [sorted(step.next_step_ids.mapped("name")) for step in self.process.step_ids],
        )
        self.assertEqual(len(process.step_ids.need_ids), len(self.process.step_ids.need_ids))
        self.assertFalse(process.step_ids.next_step_ids - process.step_ids)

    def test_steps_are_fixed_once_cases_go_by_them(self):
        process, steps = self.simple()
        self.complaint(self.clerk)
        look = steps["Look"].with_user(self.manager)

        look.guidance = "Look twice"  # words change nobody's work
        with self.assertRaisesRegex(UserError, "New Version"):
            look.next_step_ids = [Command.clear()]
        with self.assertRaisesRegex(UserError, "New Version"):
            look.unlink()
        with self.assertRaisesRegex(UserError, "New Version"):
            look.check_ids = [Command.create({"name": "Weigh it"})]
        with self.assertRaisesRegex(UserError, "kept"):
            process.with_user(self.manager).unlink()

    def test_what_cases_could_not_end_by_does_not_come_into_force(self):
        process = self.env["crm.complaint.process"].create({"name": "Circle"})
        one, two = self.env["crm.complaint.step"].create(
            [
                {"process_id": process.id, "name": n, "stage_id": self.stage_received.id}
                for n in ("One", "Two")
            ]
        )
        one.next_step_ids, two.next_step_ids = two, one

        with self.assertRaisesRegex(ValidationError, "No step ends the case"):
            process.action_put_in_force()
        with self.assertRaises(ValidationError):
            process.write({"state": "in_force"})

    def test_health_names_what_should_be_mended(self):
        process, steps = self.simple()
        steps["Look"].role_id = False
        self.env["crm.complaint.step.need"].create(
            {"step_id": steps["Look"].id, "field_name": "x_gone"}
        )

        problems = dict(self.env["crm.complaint.process"]._find_problems())

        self.assertEqual(set(problems), {process})
        self.assertIn("“Look” has no role", process.problem)
        self.assertIn("“x_gone”, which is there no more", process.problem)
        self.assertEqual(
            self.env["crm.complaint.process"].search([("problem", "!=", False)]), process
        )

    def test_a_role_that_nobody_fills_is_named(self):
        role = self.role()

        self.assertIn("filled by nobody", role.problem)

    def test_a_removed_field_blocks_nobody(self):
        _process, steps = self.simple()
        self.env["crm.complaint.step.need"].create(
            {"step_id": steps["Look"].id, "field_name": "x_gone"}
        )
        complaint = self.complaint(self.clerk)

        self.finish(complaint.task_ids, self.clerk)

        self.assertEqual(complaint.stage_id, self.stage_closed)

    def test_steps_follow_only_steps_of_their_process(self):
        _process, steps = self.simple()

        with self.assertRaises(ValidationError):
            steps["Look"].next_step_ids = self.steps["assess"]

    def test_the_map_shows_every_step_and_way(self):
        process, steps = self.simple()

        self.assertEqual(process.map["ways"], [{"from": steps["Look"].id, "to": steps["End"].id}])
        self.assertEqual([step["column"] for step in process.map["steps"]], [0, 1])

    def test_clerks_read_processes_and_managers_write_them(self):
        step = self.steps["assess"]

        self.assertTrue(step.with_user(self.clerk).has_access("read"))
        with self.assertRaises(AccessError):
            step.with_user(self.clerk).name = "Guess"
        with self.assertRaises(AccessError):
            self.process.with_user(self.clerk).action_withdraw()
