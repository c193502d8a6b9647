from odoo.exceptions import UserError

from .process_common import ProcessCase


class TestOwnTask(ProcessCase):
    """Whoever looks at a case does his own step from there."""

    def test_the_case_says_how_far_the_viewers_own_step_is(self):
        complaint = self.complaint()
        seen = {
            user: complaint.with_user(user).own_task_state for user in (self.clerk, self.leader)
        }

        self.assertEqual(seen, {self.clerk: "offered", self.leader: False})

    def test_the_step_is_accepted_and_finished_from_the_case(self):
        complaint = self.complaint().with_user(self.clerk)

        complaint.action_accept_task()
        asked = complaint.action_finish_task()

        task = complaint.task_ids
        self.assertEqual(task.state, "accepted")
        self.assertEqual(asked["context"], {"default_task_id": task.id, "default_deed": "finish"})

    def test_nobody_does_the_step_of_another(self):
        complaint = self.complaint()

        for deed in ("action_accept_task", "action_finish_task"):
            with self.subTest(deed), self.assertRaisesRegex(UserError, "waits for you"):
                getattr(complaint.with_user(self.leader), deed)()

        self.assertEqual(complaint.task_ids.state, "offered")
