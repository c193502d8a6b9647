from datetime import timedelta

from freezegun import freeze_time

from .common import StandardsCase


class TestLadders(StandardsCase):
    """The ready terms tell people when something is late, and go up from there."""

    POLICIES = ("read", "answer", "accept", "work", "handover", "first_answer", "silence")

    def test_every_ready_term_tells_somebody(self):
        for name in (*self.POLICIES, "shelf_life"):
            with self.subTest(policy=name):
                policy = self.env.ref(f"crm_standards.crm_deadline_policy_{name}")
                self.assertTrue(policy.step_ids)
                self.assertFalse(policy.problem)

    def test_order_that_nobody_accepts_goes_up_to_the_leader(self):
        policy = self.env.ref("crm_standards.crm_deadline_policy_accept")
        self.env.company.standard_accept_policy_id = policy
        # a step takes nothing that was due before it was there: the ladders come with the add-on
        with freeze_time("2031-03-03 09:00:00"):
            order = (
                self.env["crm.standard.assignment"]
                .with_user(self.controller)
                .create(
                    {
                        "name": "Prepare the offer",
                        "user_id": self.salesman.id,
                        "lead_id": self.lead().id,
                    }
                )
            )
            due = order.sudo()._deadline_open().date_due

        with freeze_time(due + timedelta(minutes=1)):
            with self.enter_registry_test_mode():
                self.env.ref("crm_deadline.ir_cron_sweep").method_direct_trigger()
            self.env.invalidate_all()

        told = order.sudo().activity_ids.filtered(lambda task: task.user_id == self.leader)
        self.assertEqual(told.mapped("summary"), ["An assignment was not accepted in time"])
