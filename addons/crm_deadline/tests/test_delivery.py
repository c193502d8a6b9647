from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command

from .common import DeadlineCase, at


class TestDelivery(DeadlineCase):
    """What a notice does, once, whatever fails (threat T18)."""

    def setUp(self):
        super().setUp()
        self.mails = self.env["mail.mail"]

    def _miss(self, clock=None, moment="2026-03-02 17:01"):
        clock = clock or self._start(user_id=self.salesman.id)
        with freeze_time(moment):
            self._sweep()
        return clock

    def _template(self, model="crm.deadline.clock", **values):
        return self.env["mail.template"].create(
            {
                "name": "Late",
                "model_id": self.env["ir.model"]._get_id(model),
                "subject": "Late: {{ object.display_name }}",
                "email_to": "everybody@example.com",
                "body_html": "<p>Late</p>",
                **values,
            }
        )

    def _activities(self, user):
        return self.env["mail.activity"].search([("user_id", "=", user.id)])

    def test_an_activity_is_scheduled_on_the_document(self):
        self._step(summary="Call him")

        self._miss()

        self.assertRecordValues(
            self._activities(self.salesman),
            [
                {
                    "summary": "Call him",
                    "res_id": self.lead.id,
                    "date_deadline": at("2026-03-02 00:00").date(),
                }
            ],
        )

    def test_a_mail_goes_to_the_person_told_and_nobody_else(self):
        self._step(deed="mail", template_id=self._template().id)

        self._miss()

        mail = self.mails.search([("subject", "=like", "Late: First answer%")])
        self.assertEqual(mail.recipient_ids, self.salesman.partner_id)
        self.assertFalse(mail.email_to)
        self.assertEqual(mail.state, "outgoing")

    def test_a_template_of_the_document_renders_the_document(self):
        self._step(deed="mail", template_id=self._template("crm.lead").id)

        self._miss()

        self.assertEqual(self.mails.search_count([("subject", "=", "Late: Deal")]), 1)

    def test_the_template_that_comes_along_explains_the_deadline(self):
        self._step(deed="mail", template_id=self.env.ref("crm_deadline.mail_template_step").id)

        self._miss()

        mail = self.mails.search([("subject", "=", "First answer: Deal")])
        self.assertIn("8 working hours from Mon 2 Mar 2026 09:00", mail.body_html)

    def test_t7_words_of_a_document_are_no_template(self):
        self.lead.name = "{{ 7 * 191 }} <t t-out='7 * 191'/>"
        self._step(deed="mail", template_id=self.env.ref("crm_deadline.mail_template_step").id)

        self._miss()

        mail = self.mails.search([("subject", "=like", "First answer: %")])
        self.assertIn("{{ 7 * 191 }} <t t-out", mail.subject)
        self.assertNotIn("1337", mail.subject + mail.body_html)

    def test_t2_mail_carries_no_token(self):
        self._step(deed="mail", template_id=self.env.ref("crm_deadline.mail_template_step").id)

        self._miss()

        mail = self.mails.search([("subject", "=", "First answer: Deal")])
        self.assertTrue(mail)
        self.assertNotIn("token", mail.body_html)

    def _action(self, model="crm.lead", code="record.write({'description': 'acted'})"):
        return self.env["ir.actions.server"].create(
            {
                "name": "Act",
                "model_id": self.env["ir.model"]._get_id(model),
                "state": "code",
                "code": code,
            }
        )

    def test_a_server_action_runs_for_the_document(self):
        self._step(deed="server", server_action_id=self._action().id)

        clock = self._miss()

        self.assertIn("acted", self.lead.description)
        self.assertRecordValues(clock.notice_ids, [{"state": "done", "user_id": False}])

    def test_a_step_that_raises_keeps_its_error_and_stops_no_other(self):
        self._step(deed="server", server_action_id=self._action(code="1 / 0").id, sequence=1)
        self._step(sequence=2)

        clock = self._miss()

        failed = clock.notice_ids.filtered(lambda notice: notice.state == "failed")
        self.assertIn("ZeroDivisionError", failed.error)
        self.assertEqual(failed.date_try, at("2026-03-02 17:06"))
        self.assertEqual((clock.notice_ids - failed).state, "done")

    def test_a_failed_step_is_tried_again_and_less_and_less_often(self):
        step = self._step(deed="server", server_action_id=self._action("res.partner").id)
        clock = self._miss()
        self.assertIn("is for res.partner, not for crm.lead", clock.notice_ids.error)

        for moment in ("2026-03-02 17:05", "2026-03-02 17:06", "2026-03-02 17:11"):
            self._miss(clock, moment)
        self.assertEqual(clock.notice_ids.attempt_count, 2)
        step.server_action_id = self._action()
        self._miss(clock, "2026-03-02 17:16")

        self.assertRecordValues(
            clock.notice_ids, [{"state": "done", "error": False, "date_try": False}]
        )

    def test_a_failed_step_of_a_deadline_that_has_ended_is_dropped(self):
        self._step(deed="server", server_action_id=self._action("res.partner").id)
        clock = self._miss()
        clock._stop(at("2026-03-02 17:03"))

        self._miss(clock, "2026-03-02 17:10")

        self.assertRecordValues(clock.notice_ids, [{"state": "dropped", "date_try": False}])

    def test_t18_a_hook_that_fails_when_asked_again_stops_no_other_notice(self):
        self._step(whom="superior")
        clock = self._miss()
        clocks = self.env.registry["crm.deadline.clock"]

        with patch.object(clocks, "_find_people", side_effect=ValueError("lost")):
            clock.notice_ids._find_somebody()

        self.assertRecordValues(
            clock.notice_ids, [{"state": "failed", "error": "ValueError: lost"}]
        )

    def test_where_nobody_is_found_the_step_waits_for_somebody(self):
        self._step(whom="superior")
        clock = self._miss()
        self.assertRecordValues(clock.notice_ids, [{"state": "failed", "user_id": False}])
        self.assertIn("Nobody to tell: The leader's superior is not set", clock.notice_ids.error)

        self.salesman.deadline_superior_id = self.sales_manager
        self.lead.team_id = False
        self._miss(clock, "2026-03-02 17:10")

        self.assertRecordValues(
            clock.notice_ids, [{"state": "done", "user_id": self.sales_manager.id}]
        )

    def _many(self, count):
        leads = self.env["crm.lead"].create(
            [{"name": f"Deal {number}", "user_id": self.salesman.id} for number in range(count)]
        )
        for lead in leads:
            self._start(lead, user_id=self.salesman.id)
        return leads

    def test_many_steps_at_once_are_one_digest_per_person(self):
        self._step()
        self._many(5)

        self._miss()

        activity = self._activities(self.salesman)
        self.assertEqual(activity.summary, "6 deadlines need your attention")
        self.assertFalse(activity.res_model)
        notices = self.env["crm.deadline.notice"].search([])
        self.assertEqual(set(notices.mapped("is_digest")), {True})
        self.assertEqual(set(notices.mapped("state")), {"done"})

    def test_few_steps_at_once_are_told_one_by_one(self):
        self._step()
        self._many(3)

        self._miss()

        self.assertEqual(len(self._activities(self.salesman)), 4)

    def test_the_size_of_a_digest_is_a_setting(self):
        self._step()
        self._many(1)
        self.env["ir.config_parameter"].set_param("crm_deadline.digest_from", "2")

        self._miss()

        self.assertEqual(len(self._activities(self.salesman)), 1)

    def test_t21_a_digest_names_only_documents_its_reader_may_read(self):
        self._step(
            whom="user", user_id=self.employee.id, deed="mail", template_id=self._template().id
        )
        self.other_salesman.group_ids = [Command.link(self.env.ref("base.group_user").id)]
        self._many(5)

        self._miss()

        mail = self.mails.search([("recipient_ids", "in", self.employee.partner_id.ids)])
        self.assertEqual(mail.subject, "6 deadlines need your attention")
        self.assertNotIn("Deal", mail.body_html)
        self.assertIn("and 6 more", mail.body_html)

    def test_t6_names_in_a_digest_are_escaped(self):
        self._step()
        self._many(5).write({"name": "<script>alert(1)</script>"})

        self._miss()

        self.assertNotIn("<script>", self._activities(self.salesman).note)
        self.assertIn("&lt;script&gt;", self._activities(self.salesman).note)

    def test_t18_after_a_crash_between_note_and_deed_the_deed_is_done_once(self):
        self._step()
        clock = self._start(user_id=self.salesman.id)
        notices = self.env.registry["crm.deadline.notice"]
        with (
            patch.object(notices, "_deliver", side_effect=MemoryError),
            self.assertLogs("odoo.addons.base.models.ir_cron", "ERROR"),
        ):
            self._miss(clock)
        self.assertEqual(clock.notice_ids.state, "pending")

        for moment in ("2026-03-02 17:06", "2026-03-02 17:11"):
            self._miss(clock, moment)

        self.assertEqual(clock.notice_ids.state, "done")
        self.assertEqual(len(self._activities(self.salesman)), 1)

    def test_t18_a_deed_that_breaks_half_way_leaves_nothing_behind(self):
        self._step()
        notices = self.env.registry["crm.deadline.notice"]

        with patch.object(notices, "_mark_done", side_effect=ValueError("lost")):
            clock = self._miss()

        self.assertFalse(self._activities(self.salesman))
        self.assertEqual(clock.notice_ids.state, "failed")

    def test_documents_without_activities_say_so(self):
        self._step()
        country = self.env.ref("base.be")

        clock = self._miss(self._start(country, user_id=self.salesman.id))

        self.assertIn("has no activities", clock.notice_ids.error)
