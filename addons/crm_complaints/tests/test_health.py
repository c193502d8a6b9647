from odoo.exceptions import AccessError

from .process_common import ProcessCase


class TestComplaintHealth(ProcessCase):
    """What cannot go as it was set up is listed for managers and stops nobody."""

    def open_page(self, user):
        page = self.env["crm.complaint.health.problem"].with_user(user)
        action = page.action_open_page()
        return page.search(action["domain"])

    def test_a_step_that_comes_into_nobodys_hands_is_listed_and_stops_nobody(self):
        process, _steps = self.make_process(
            {
                "Look at It": (self.stage_received, None, ["End"], {}),
                "End": (self.stage_closed, None, [], {}),
            }
        )
        complaint = self.complaint()

        problem = self.open_page(self.manager).filtered(lambda line: line.res_id == process.id)

        self.assertEqual(complaint.process_id, process)
        self.assertEqual(problem.area, "Processes")
        self.assertIn("Test Process", problem.text)
        self.assertIn("“Look at It” has no role", problem.text)
        self.assertEqual(problem.action_open_record()["res_id"], process.id)

    def test_a_deadline_without_working_hours_is_listed(self):
        policy = self.env.ref("crm_complaints.crm_deadline_policy_accept")
        policy.calendar_id = self.env["resource.calendar"].create(
            {"name": "Never", "attendance_ids": []}
        )

        problems = self.open_page(self.manager)

        self.assertIn(
            policy.id, problems.filtered(lambda p: p.area == "Deadlines").mapped("res_id")
        )

    def test_a_draft_harms_nobody(self):
        draft = self.env["crm.complaint.process"].create({"name": "Draft"})

        problems = self.open_page(self.manager)

        self.assertTrue(draft.problem)
        self.assertNotIn(draft.id, problems.mapped("res_id"))

    def test_t14_only_managers_open_the_page(self):
        for user in (self.clerk, self.all_clerk, self.outsider):
            with self.subTest(user.name), self.assertRaises(AccessError):
                self.open_page(user)
