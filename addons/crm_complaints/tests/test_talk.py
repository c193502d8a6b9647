from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .common_clocks import TermsCase, at

LATER = "2026-03-02 12:00:00"


@freeze_time("2026-03-02 08:00:00")
class TestTalk(TermsCase):
    """Who said what to whom, and which clocks follow."""

    def say(self, complaint, user=None, when=LATER, **values):
        """Post a message of the clerk to the complainant."""
        with freeze_time(when):
            return complaint.with_user(user or self.clerk).message_post(
                **{
                    "body": "We look into it.",
                    "message_type": "comment",
                    "subtype_xmlid": "mail.mt_comment",
                    "partner_ids": complaint.partner_id.ids,
                    **values,
                }
            )

    def hear(self, complaint, when=LATER, **values):
        """Post an e-mail of the complainant."""
        with freeze_time(when):
            return complaint.message_post(
                **{
                    "body": "Where is it?",
                    "message_type": "email",
                    "subtype_xmlid": "mail.mt_comment",
                    "author_id": complaint.partner_id.id,
                    **values,
                }
            )

    def test_a_message_to_the_complainant_is_the_first_answer(self):
        complaint = self.complaint()

        self.say(complaint)

        self.assertEqual(
            self.states(complaint),
            {"acknowledgement": "met", "first_answer": "met", "resolution": "running"},
        )
        self.assertEqual(complaint.date_last_answer, at("2026-03-02 12:00"))

    def test_what_does_not_answer(self):
        colleague = self.leader.partner_id
        for case, values, says in (
            ("a note", {"subtype_xmlid": "mail.mt_note"}, {}),
            ("a message to a colleague", {"partner_ids": colleague.ids}, {}),
            ("a message to nobody", {"partner_ids": []}, {}),
            ("a notification", {"message_type": "notification"}, {"acknowledgement": "met"}),
            ("an automatic one", {"message_type": "auto_comment"}, {"acknowledgement": "met"}),
            ("one in advance", {"scheduled_date": "2100-03-09 08:00:00"}, {}),
        ):
            with self.subTest(case=case):
                complaint = self.complaint()
                self.say(complaint, **values)
                self.assertEqual(
                    self.states(complaint),
                    {
                        "acknowledgement": "running",
                        "first_answer": "running",
                        "resolution": "running",
                        **says,
                    },
                )

    def test_the_system_answers_nobody(self):
        complaint = self.complaint()

        self.say(complaint, user=self.env.ref("base.user_root"))

        self.assertEqual(self.states(complaint)["first_answer"], "running")

    def test_a_message_to_whom_has_no_contact_is_an_answer(self):
        complaint = self.complaint(partner_id=False, email_from="Petra <petra@example.com>")

        self.say(complaint, outgoing_email_to="petra@example.com")

        self.assertEqual(self.states(complaint)["first_answer"], "met")

    def test_an_answer_by_mail_of_an_employee_counts(self):
        complaint = self.complaint()
        complaint.message_subscribe(complaint.partner_id.ids)

        with freeze_time(LATER):
            complaint.message_post(
                body="Sorry",
                message_type="email",
                subtype_xmlid="mail.mt_comment",
                author_id=self.clerk.partner_id.id,
            )

        self.assertEqual(self.states(complaint)["first_answer"], "met")

    def test_a_late_answer_is_missed(self):
        complaint = self.complaint()

        self.say(complaint, when="2026-03-09 08:00:00")

        clock = self.clock(complaint, "first_answer")
        self.assertEqual((clock.state, clock.date_end), ("missed", at("2026-03-09 08:00")))

    def test_a_done_call_answers(self):
        complaint = self.complaint()
        with freeze_time(LATER):
            call = complaint.with_user(self.clerk).activity_schedule("mail.mail_activity_data_call")
            call.action_feedback("Told her we look into it")

        self.assertEqual(self.states(complaint)["first_answer"], "met")

    def test_a_done_task_of_another_kind_does_not_answer(self):
        complaint = self.complaint()
        with freeze_time(LATER):
            task = complaint.with_user(self.clerk).activity_schedule("mail.mail_activity_data_todo")
            task.action_feedback("Looked into it")

        self.assertEqual(self.states(complaint)["first_answer"], "running")

    def test_a_logged_call_answers_at_its_own_time(self):
        complaint = self.complaint()
        with freeze_time("2026-03-02 15:00:00"):
            self._call(complaint, self.clerk).action_log()

        clock = self.clock(complaint, "first_answer")
        self.assertEqual((clock.state, clock.date_end), ("met", at("2026-03-02 12:00")))
        self.assertIn("Told her", complaint.message_ids[:1].body)

    def _call(self, complaint, user, date=LATER):
        return (
            self.env["crm.complaint.call"]
            .with_user(user)
            .create({"complaint_id": complaint.id, "date": date, "note": "Told her"})
        )

    def test_a_call_is_neither_before_the_receipt_nor_in_the_future(self):
        complaint = self.complaint()

        for date in ("2026-03-01 08:00:00", "2026-03-03 08:00:00"):
            with self.subTest(date=date), self.assertRaisesRegex(UserError, "between"):
                self._call(complaint, self.clerk, date).action_log()

    def test_t14_a_call_is_for_who_may_change_the_complaint(self):
        complaint = self.complaint()

        with self.assertRaises(AccessError):
            self._call(complaint, self.colleague)

    def test_each_further_message_is_owed_an_answer(self):
        complaint = self.complaint()
        self.say(complaint)

        self.hear(complaint, "2026-03-03 09:00:00")
        clock = self.clock(complaint, "next_answer")
        self.assertEqual((clock.state, clock.date_start), ("running", at("2026-03-03 09:00")))
        self.hear(complaint, "2026-03-03 10:00:00")
        self.assertEqual(self.clock(complaint, "next_answer"), clock)

        self.say(complaint, when="2026-03-03 11:00:00")
        self.assertEqual(clock.state, "met")

        self.hear(complaint, "2026-03-04 09:00:00")
        self.assertNotEqual(self.clock(complaint, "next_answer"), clock)

    def test_before_the_first_answer_a_message_starts_nothing(self):
        complaint = self.complaint()

        self.hear(complaint)

        self.assertNotIn("next_answer", self.states(complaint))
        self.assertEqual(complaint.date_last_message, at("2026-03-02 12:00"))

    def test_the_confirmation_of_receipt_acknowledges_and_answers_nothing(self):
        complaint = self.complaint()

        with freeze_time(LATER):
            complaint._send_receipt()

        self.assertEqual(self.states(complaint)["acknowledgement"], "met")
        self.assertEqual(self.states(complaint)["first_answer"], "running")

    def test_what_is_written_on_the_page_by_link_is_the_complainants(self):
        complaint = self.complaint(partner_id=False, email_from=False, contact_name="Petra")
        complaint.action_wait()

        with freeze_time(LATER):
            complaint._page_post("Here is the picture")

        self.assertEqual(complaint.date_last_message, at("2026-03-02 12:00"))
        self.assertFalse(complaint.date_waiting)

    def test_a_stranger_is_not_the_complainant(self):
        complaint = self.complaint()
        self.say(complaint)
        stranger = self.env["res.partner"].create({"name": "Carrier", "email": "c@example.org"})

        self.hear(complaint, "2026-03-03 09:00:00", author_id=stranger.id)

        self.assertNotIn("next_answer", self.states(complaint))

    def test_somebody_of_the_customers_company_is(self):
        complaint = self.complaint()
        self.say(complaint)
        other = self.env["res.partner"].create(
            {"name": "Conny", "parent_id": self.company_partner.id, "email": "conny@example.org"}
        )

        self.hear(complaint, "2026-03-03 09:00:00", author_id=other.id)

        self.assertEqual(self.states(complaint)["next_answer"], "running")

    def test_the_customers_message_ends_the_waiting_at_its_own_date(self):
        complaint = self.complaint()
        due = self.clock(complaint, "resolution").date_due
        complaint.action_wait()

        with freeze_time("2026-03-06 08:00:00"):
            self.hear(complaint, "2026-03-06 08:00:00", date="2026-03-04 08:00:00")

        clock = self.clock(complaint, "resolution")
        resume = clock.event_ids.filtered(lambda event: event.kind == "resume")
        self.assertEqual(resume.date, at("2026-03-04 08:00"))
        self.assertEqual((clock.date_due - due).days, 2)
        self.assertFalse(complaint.date_waiting)

    def test_t13_a_forged_date_moves_no_clock_backwards_or_ahead(self):
        for date in ("2020-01-01 08:00:00", "2030-01-01 08:00:00"):
            with self.subTest(date=date):
                complaint = self.complaint()
                with freeze_time("2026-03-03 08:00:00"):
                    complaint.action_wait()
                self.hear(complaint, "2026-03-05 08:00:00", date=date)
                resume = self.clock(complaint, "resolution").event_ids.filtered(
                    lambda event: event.kind == "resume"
                )
                self.assertTrue(at("2026-03-03 08:00") <= resume.date <= at("2026-03-05 08:00"))

    def test_the_customers_message_leaves_the_waiting_stage(self):
        waiting = self.env["crm.complaint.stage"].create({"name": "Asked", "kind": "waiting"})
        complaint = self.complaint(stage_id=self.stage_acknowledged.id)
        complaint.stage_id = waiting

        self.hear(complaint)

        self.assertEqual(complaint.stage_id, self.stage_acknowledged)
        self.assertEqual(complaint.move_ids.sorted("id")[-1].way, "automation")

    def test_an_acknowledgement_by_template_answers_nothing_whoever_sends_it(self):
        template = self.env["mail.template"].create(
            {
                "name": "We have it",
                "model_id": self.env["ir.model"]._get_id("crm.complaint"),
                "complaint_purpose": "acknowledgement",
                "subject": "We have it",
                "body_html": "<p>Your complaint has arrived.</p>",
            }
        )
        complaint = self.complaint()

        with freeze_time(LATER):
            self._compose(complaint, template)

        self.assertEqual(self.states(complaint)["acknowledgement"], "met")
        self.assertEqual(self.states(complaint)["first_answer"], "running")

    def _compose(self, complaint, template):
        composer = Form(
            self.env["mail.compose.message"]
            .with_user(self.clerk)
            .with_context(
                default_model="crm.complaint",
                default_res_ids=complaint.ids,
                default_template_id=template.id,
                default_partner_ids=complaint.partner_id.ids,
            )
        ).save()
        composer.action_send_mail()

    def test_a_holding_letter_sets_the_longer_term_where_the_law_has_one(self):
        psd2 = self.env.ref("crm_complaints.crm_complaint_jurisdiction_psd2")
        complaint = self.complaint(jurisdiction_id=psd2.id)

        with freeze_time(LATER):
            self._compose(complaint, self.env.ref("crm_complaints.mail_template_holding"))

        self.assertEqual(
            self.clock(complaint, "law_resolution").policy_id,
            self.env.ref("crm_complaints.policy_psd2_holding"),
        )

    def test_a_holding_letter_meets_a_term_that_asks_for_one_of_the_two(self):
        fca = self.env.ref("crm_complaints.crm_complaint_jurisdiction_fca")
        complaint = self.complaint(jurisdiction_id=fca.id)
        self.assertEqual(
            self.states(complaint).keys() - {"acknowledgement", "first_answer", "resolution"},
            {"law_acknowledgement", "law_early_resolution", "law_resolution"},
        )

        with freeze_time(LATER):
            self._compose(complaint, self.env.ref("crm_complaints.mail_template_holding"))

        self.assertEqual(self.states(complaint)["law_resolution"], "met")
        self.assertEqual(self.states(complaint)["law_early_resolution"], "running")
