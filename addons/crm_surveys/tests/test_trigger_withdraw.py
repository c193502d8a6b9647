from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import DeadlockDetected, LockNotAvailable

from odoo.exceptions import AccessError

from .trigger_common import TriggerCase


@freeze_time("2026-03-02 10:00:00")
class TestTriggerWithdraw(TriggerCase):
    """Who waits under a condition that changes is told of, with the reason."""

    def _waiting(self):
        trigger = self.started(delay=3)
        deal = self.won()
        trigger._notice()
        return trigger, deal

    def _events(self, trigger):
        return self.env["crm.survey.trigger.event"].search([("trigger_id", "=", trigger.id)])

    def test_a_changed_condition_says_so_of_who_waited(self):
        trigger, deal = self._waiting()

        trigger.domain = "[('name', '=', 'Other')]"

        self.assertRecordValues(
            self.invitations(trigger),
            [
                {
                    "state": "not_sent",
                    "reason": "trigger_changed",
                    "partner_id": self.customer.id,
                    "res_id": deal.id,
                }
            ],
        )
        self.assertEqual(self._events(trigger).mapped("state"), ["done"])

    def test_stopping_says_so_of_who_waited(self):
        trigger, _deal = self._waiting()

        trigger.action_stop()

        self.assertEqual(self.invitations(trigger).reason, "trigger_changed")

    def test_other_changes_leave_them_waiting(self):
        trigger, _deal = self._waiting()

        trigger.write({"name": "Renamed", "domain": trigger.domain, "event": "reached"})

        self.assertFalse(self.invitations(trigger))
        self.assertEqual(self._events(trigger).mapped("state"), ["waiting"])

    def test_what_was_there_before_is_still_known(self):
        deal = self.won()
        trigger = self.started()

        trigger.domain = "[]"

        self.assertIn(deal.id, self._events(trigger).mapped("res_id"))
        self.assertEqual(set(self._events(trigger).mapped("state")), {"known"})

    def test_numbers_of_another_model_do_not_bind(self):
        trigger = self.started()
        self.won()
        self.run_job(trigger)

        trigger.write(
            {
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "goal_domain": "[('ref', '=', 'nobody')]",
                "domain": "[]",
            }
        )

        self.assertFalse(self._events(trigger))
        self.assertEqual(len(self.invitations(trigger)), 1)

    def test_a_document_gone_with_its_app_is_told_of_all_the_same(self):
        trigger, _deal = self._waiting()
        self.cr.execute(
            "UPDATE crm_survey_trigger SET model_id = NULL, res_model = 'gone.away' WHERE id = %s",
            [trigger.id],
        )
        self.env.invalidate_all()

        trigger.action_stop()

        invitation = self.invitations(trigger)
        self.assertEqual((invitation.reason, invitation.res_id), ("trigger_changed", 0))

    def test_t14_who_may_not_write_ends_nothing(self):
        trigger, _deal = self._waiting()
        for role in (self.leader, self.employee, self.outsider):
            with self.assertRaises(AccessError):
                trigger.with_user(role).write({"domain": "[]"})
            with self.assertRaises(AccessError):
                trigger.with_user(role).action_stop()

        self.assertFalse(self.invitations(trigger))

    # two at once

    def test_t18_who_meets_another_worker_comes_again(self):
        for error in (DeadlockDetected, LockNotAvailable):
            with self.subTest(error=error):
                trigger = self.started()
                events = type(self.env["crm.survey.trigger.event"])
                with patch.object(events, "_enter_new", autospec=True, side_effect=error):
                    trigger._notice()

                self.assertEqual(trigger.state, "running")

    def test_t18_an_event_that_meets_another_worker_waits(self):
        trigger = self.started()
        self.won()
        invitations = type(self.env["crm.survey.invitation"])
        with patch.object(invitations, "_invite", autospec=True, side_effect=DeadlockDetected):
            self.run_job(trigger)
        self.assertEqual(self._events(trigger).mapped("state"), ["waiting"])

        self.run_job(trigger)

        self.assertEqual(self.invitations(trigger).state, "decided")
