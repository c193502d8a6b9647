from freezegun import freeze_time

from odoo.fields import Datetime

from .sending_common import SendingCase

LOST = OSError("Connection lost")


@freeze_time("2026-03-02 17:30:00")
class TestSendingHours(SendingCase):
    """Nobody gets a mail at night: not what is late, tried again, or a reminder (Monday)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.trigger = cls.env["crm.survey.trigger"].create(
            {"name": "By Day", "survey_id": cls.satisfaction.id}
        )

    def _invite(self, **values):
        return self.invite(self.satisfaction, trigger_id=self.trigger.id, **values)

    def test_what_fails_in_the_evening_is_tried_again_in_the_morning(self):
        invitation = self._invite()
        self.run_job()

        self.deliver(invitation, LOST)

        self.assertEqual(invitation.date_retry, Datetime.to_datetime("2026-03-03 09:00:00"))

    def test_without_a_trigger_it_is_tried_again_by_day(self):
        with freeze_time("2026-03-06 18:30:00"):
            invitation = self.invite(self.satisfaction)
            self.run_job()
            self.deliver(invitation, LOST)

        self.assertEqual(invitation.date_retry, Datetime.to_datetime("2026-03-09 09:00:00"))

    def test_the_hours_are_those_of_the_customer(self):
        self.customer.tz = "Asia/Vladivostok"
        invitation = self.invite(self.satisfaction)
        self.run_job()

        self.deliver(invitation, LOST)

        # 18:30 UTC is Tuesday 4:30 there
        self.assertEqual(invitation.date_retry, Datetime.to_datetime("2026-03-02 23:00:00"))

    def test_a_reminder_waits_for_a_working_day(self):
        self.satisfaction.reminder_days = 5
        invitation = self._invite()
        self.run_job()

        self.deliver(invitation)

        self.assertEqual(invitation.date_remind, Datetime.to_datetime("2026-03-09 09:00:00"))

    def test_a_job_that_is_late_sends_nothing_at_night(self):
        invitation = self._invite(date_planned="2026-03-02 17:00:00")

        with freeze_time("2026-03-02 22:00:00"):
            self.run_job()

        self.assertEqual(invitation.state, "decided")
        self.assertEqual(invitation.date_planned, Datetime.to_datetime("2026-03-03 09:00:00"))

    def test_a_job_that_is_late_reminds_nobody_at_night(self):
        invitation = self._invite()
        self.run_job()
        self.deliver(invitation)

        with freeze_time("2026-03-09 22:00:00"):
            self.run_job("_cron_remind")

        self.assertFalse(self.mails(invitation))
        self.assertEqual(invitation.reminder_count, 0)
        self.assertEqual(invitation.date_remind, Datetime.to_datetime("2026-03-10 09:00:00"))

    def test_a_job_that_is_late_tries_nothing_again_at_night(self):
        invitation = self._invite()
        self.run_job()
        self.deliver(invitation, LOST)

        with freeze_time("2026-03-03 22:00:00"):
            self.run_job()

        self.assertEqual(invitation.state, "failed")
        self.assertEqual(invitation.date_retry, Datetime.to_datetime("2026-03-04 09:00:00"))

    def test_who_was_chosen_by_hand_is_asked_at_once(self):
        invitation = self.invite(self.satisfaction)

        with freeze_time("2026-03-07 23:00:00"):
            self.run_job()

        self.assertEqual(invitation.state, "queued")

    def test_a_window_that_was_closed_for_good_is_a_reason(self):
        invitation = self._invite()
        for day in ("monday", "tuesday", "wednesday", "thursday", "friday"):
            self.trigger[f"is_on_{day}"] = False

        self.run_job()

        self.assertEqual((invitation.state, invitation.reason), ("not_sent", "window_closed"))

    def test_nobody_is_reminded_after_the_end(self):
        self.satisfaction.write({"reminder_days": 5, "answer_days": 6})
        invitation = self._invite()
        self.run_job()

        self.deliver(invitation)

        # the fifth day is a Saturday, and on Monday it is over
        self.assertFalse(invitation.date_remind)


@freeze_time("2026-03-02 09:00:00")
class TestSendingAgain(SendingCase):
    """Whoever sends a failed mail again, the customer gets it once."""

    def _failed(self):
        invitation = self.invite(self.satisfaction)
        self.run_job()
        self.deliver(invitation, LOST)
        return invitation

    def test_a_mail_sent_again_by_hand_is_not_sent_by_the_job(self):
        invitation = self._failed()
        self.mails(invitation).mark_outgoing()
        self.assertEqual(self.deliver(invitation), 1)
        self.assertEqual((invitation.state, invitation.date_retry), ("sent", False))

        with freeze_time("2026-03-02 12:00:00"):
            self.run_job()

        self.assertFalse(self.mails(invitation))

    def test_a_mail_put_into_the_queue_by_hand_gives_way_to_the_jobs(self):
        invitation = self._failed()
        self.mails(invitation).mark_outgoing()

        with freeze_time("2026-03-02 12:00:00"):
            self.run_job()

        self.assertEqual(len(self.mails(invitation)), 1)
        self.assertEqual(self.deliver(invitation), 1)
        self.assertEqual(invitation.state, "sent")

    def test_a_reminder_takes_the_place_of_the_one_before(self):
        self.satisfaction.reminder_limit = 2
        invitation = self.invite(self.satisfaction)
        self.run_job()
        self.deliver(invitation)
        for day in ("09", "16"):
            with freeze_time(f"2026-03-{day} 10:00:00"):
                self.run_job("_cron_remind")

        self.assertEqual(invitation.reminder_count, 2)
        self.assertEqual(len(self.mails(invitation)), 1)
