from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .common_clocks import TermsCase, at


@freeze_time("2026-03-02 08:00:00")
class TestAnswering(TermsCase):
    """The final answer is checked before it goes out."""

    def answer(self, complaint, user=None, **values):
        return (
            self.env["crm.complaint.answer"]
            .with_user(user or self.clerk)
            .create(
                {
                    "complaint_id": complaint.id,
                    "outcome": "rejected",
                    "body": "<p>We decided.</p>",
                    **values,
                }
            )
        )

    def confirm(self, answer, *names):
        """Confirm the parts whose xmlid ends so."""
        parts = self.env["crm.complaint.answer.part"].union(
            *(self.env.ref(f"crm_complaints.crm_complaint_answer_part_{name}") for name in names)
        )
        answer.line_ids.filtered(lambda line: line.part_id in parts).is_confirmed = True
        return answer

    def test_the_law_refuses_a_stage_that_says_answered_without_an_answer(self):
        complaint = self.russian(outcome="rejected")

        for stage in (self.stage_answered, self.stage_closed):
            with (
                self.subTest(stage=stage.name),
                self.assertRaisesRegex(UserError, "Decision on each demand.*Final Answer"),
            ):
                complaint.with_user(self.clerk).stage_id = stage

    def test_no_sudo_and_no_context_opens_the_way(self):
        complaint = self.russian()

        with self.assertRaises(UserError):
            complaint.sudo().with_context(
                skip_answer_check=True, import_file=True, install_mode=True
            ).write({"stage_id": self.stage_answered.id})

    def test_withdrawing_needs_no_answer(self):
        complaint = self.russian()

        complaint.stage_id = self.stage_withdrawn

        self.assertEqual(complaint.state, "cancelled")

    def test_without_law_nothing_is_required(self):
        complaint = self.complaint()

        complaint.with_user(self.clerk).stage_id = self.stage_answered

        self.assertEqual(complaint.state, "answered")

    def test_a_complete_answer_goes_out_and_stands_on_record(self):
        complaint = self.russian()
        answer = self.confirm(self.answer(complaint), "ru_decision", "ru_reasons")

        answer.action_send()

        self.assertEqual(complaint.state, "answered")
        self.assertEqual(complaint.outcome, "rejected")
        check = complaint.answer_check_ids
        self.assertRecordValues(
            check,
            [{"user_id": self.clerk.id, "outcome": "rejected", "date": at("2026-03-02 08:00")}],
        )
        self.assertIn("Decision on each demand: confirmed", check.statement)
        self.assertIn(self.consumer, check.message_id.notified_partner_ids)
        self.assertEqual(self.states(complaint)["first_answer"], "met")
        self.assertEqual(self.states(complaint)["law_resolution"], "met")

    def test_what_is_missing_is_named_and_nothing_is_sent(self):
        complaint = self.russian()
        answer = self.confirm(self.answer(complaint), "ru_decision")
        before = len(complaint.message_ids)

        with self.assertRaisesRegex(UserError, "Reasons with the rule"):
            answer.action_send()

        self.assertEqual(len(complaint.message_ids), before)

    def test_reasons_are_asked_for_a_refusal_only(self):
        complaint = self.russian()

        self.confirm(self.answer(complaint, outcome="upheld"), "ru_decision").action_send()

        self.assertEqual(complaint.state, "answered")

    def test_a_phrase_in_the_text_shows_a_part(self):
        fca = self.env.ref("crm_complaints.crm_complaint_jurisdiction_fca")
        complaint = self.complaint(jurisdiction_id=fca.id)

        answer = self.answer(
            complaint,
            body="<p>You may turn to the <b>Financial</b> Ombudsman\nService within 6 months.</p>",
        )

        found = answer.line_ids.filtered("is_found").part_id
        self.assertEqual(
            found,
            self.env.ref("crm_complaints.crm_complaint_answer_part_fca_ombudsman")
            | self.env.ref("crm_complaints.crm_complaint_answer_part_fca_term"),
        )

    def test_the_dialog_shows_at_once_what_is_found(self):
        fca = self.env.ref("crm_complaints.crm_complaint_jurisdiction_fca")
        complaint = self.complaint(jurisdiction_id=fca.id)
        dialog = Form(
            self.env["crm.complaint.answer"]
            .with_user(self.clerk)
            .with_context(default_complaint_id=complaint.id)
        )

        dialog.body = "<p>Turn to the Financial Ombudsman Service.</p>"
        dialog.outcome = "rejected"

        with dialog.line_ids.edit(2) as line:
            self.assertTrue(line.is_found)

    def test_a_template_is_filled_in_in_the_complainants_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        template = self.env.ref("crm_complaints.mail_template_answer")
        template.with_context(lang="ru_RU").body_html = "<p>Ответ</p>"
        complaint = self.complaint(lang="ru_RU")

        answer = (
            self.env["crm.complaint.answer"]
            .with_user(self.clerk)
            .create({"complaint_id": complaint.id, "template_id": template.id, "outcome": "upheld"})
        )

        self.assertIn("Ответ", answer.body)

    def test_an_answer_after_reopening_is_checked_anew(self):
        complaint = self.russian()
        self.confirm(self.answer(complaint), "ru_decision", "ru_reasons").action_send()
        with freeze_time("2026-03-03 08:00:00"):
            complaint.stage_id = self.stage_acknowledged

        with freeze_time("2026-03-04 08:00:00"), self.assertRaises(UserError):
            complaint.stage_id = self.stage_answered

    def test_nobody_to_write_to_is_said_before(self):
        self.consumer.email = False
        complaint = self.russian(email_from=False)
        answer = self.confirm(self.answer(complaint), "ru_decision", "ru_reasons")

        with self.assertRaisesRegex(UserError, "no e-mail address"):
            answer.action_send()

    def test_an_empty_answer_is_none(self):
        with self.assertRaisesRegex(UserError, "Write the answer"):
            self.answer(self.complaint(), body="<p><br></p>").action_send()

    def test_t6_scripts_are_taken_out_of_the_answer(self):
        complaint = self.complaint()

        self.answer(complaint, body="<p>Hello<script>alert(1)</script></p>").action_send()

        self.assertNotIn("script", complaint.answer_check_ids.message_id.body)

    def test_t14_the_dialog_is_for_who_may_change_the_complaint(self):
        complaint = self.complaint()

        with self.assertRaises(AccessError):
            self.answer(complaint, user=self.colleague)

    def test_t1_an_answer_being_written_is_its_writers_alone(self):
        answer = self.answer(self.complaint())

        for user in (self.leader, self.manager):
            with self.subTest(user=user.name):
                self.assertFalse(self.env["crm.complaint.answer"].with_user(user).search([]))
                with self.assertRaises(AccessError):
                    answer.with_user(user).read(["body"])

    def test_t14_the_dialog_does_not_pass_to_a_foreign_complaint(self):
        answer = self.answer(self.complaint())
        foreign = self.complaint(user_id=self.colleague.id, team_id=self.other_team.id)

        with self.assertRaises(AccessError):
            answer.complaint_id = foreign

    def test_t19_checks_are_sealed(self):
        self.answer(self.complaint()).action_send()
        check = self.env["crm.complaint.answer.check"].search([], limit=1)

        for deed in (lambda: check.sudo().write({"outcome": "upheld"}), check.sudo().unlink):
            with self.subTest(deed=deed), self.assertRaises(AccessError):
                deed()
