from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from .common import SurveysCase

COMMIT = "odoo.addons.base.models.ir_cron.IrCron._commit_progress"
PROVIDER = "odoo.addons.sms.tools.sms_api.SmsApi._send_sms_batch"


@freeze_time("2026-03-02 09:00:00")
class TestSendingOtherWays(SurveysCase):
    """Invitations by SMS and on paper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.satisfaction = cls.survey(title="How Was It?")
        cls.customer.write({"phone": "+4930654321"})

    def _send(self, **values):
        invitation = self.invite(self.satisfaction, **{"channel": "sms", **values})
        with patch(COMMIT, autospec=True, return_value=60):
            self.env["crm.survey.invitation"]._cron_send()
        return invitation

    def _texts(self, invitation):
        return self.env["sms.sms"].search([("crm_survey_invitation_id", "=", invitation.id)])

    def _deliver(self, invitation, state):
        texts = self._texts(invitation)
        answer = [{"uuid": text.uuid, "state": state} for text in texts]
        with patch(PROVIDER, autospec=True, return_value=answer):
            texts.send()

    def test_an_sms_holds_the_link(self):
        invitation = self._send()

        text = self._texts(invitation)
        self.assertEqual(invitation.state, "queued")
        self.assertEqual(text.number, "+4930654321")
        self.assertIn(invitation._get_answer_url(), text.body)
        self.assertIn(invitation._get_unsubscribe_url(), text.body)
        self.assertEqual(invitation.user_input_id.channel, "sms")

    def test_what_the_provider_takes_is_sent(self):
        invitation = self._send()

        self._deliver(invitation, "success")

        self.assertEqual(invitation.state, "sent")

    def test_a_number_that_is_wrong_is_not_tried_again(self):
        invitation = self._send()

        self._deliver(invitation, "wrong_number_format")

        self.assertEqual(invitation.state, "failed")
        self.assertFalse(invitation.date_retry)

    def test_a_provider_that_fails_is_tried_again(self):
        invitation = self._send()
        self._deliver(invitation, "server_error")
        self.assertTrue(invitation.date_retry)

        with freeze_time("2026-03-02 10:00:00"), patch(COMMIT, autospec=True, return_value=60):
            self.env["crm.survey.invitation"]._cron_send()

        self.assertEqual(invitation.state, "queued")
        self.assertEqual(len(self._texts(invitation)), 1)

    def test_numbers_on_the_blacklist_get_nothing(self):
        self.env["phone.blacklist"].create({"number": "+4930654321"})

        invitation = self._send()

        self.assertEqual((invitation.state, invitation.reason), ("not_sent", "blacklisted"))

    def test_without_a_number_there_is_no_sms(self):
        self.customer.phone = False

        self.assertEqual(self._send().reason, "no_address")

    def test_a_broken_template_fails_that_customer_only(self):
        self.satisfaction.text_template_id = self.env["sms.template"].create(
            {
                "name": "Broken",
                "model_id": self.env["ir.model"]._get_id("crm.survey.invitation"),
                "body": "{{ 1 / len(object.partner_id.ref or '') }}",
            }
        )

        invitation = self._send()

        self.assertEqual(invitation.state, "failed")
        self.assertIn("broken", invitation.note)
        self.assertFalse(self._texts(invitation))

    def test_closing_the_survey_stops_texts_that_wait(self):
        invitation = self._send()

        self.satisfaction.active = False

        self.assertEqual(invitation.reason, "survey_closed")
        self.assertFalse(self._texts(invitation))

    # on paper

    def test_the_job_leaves_paper_to_people(self):
        self.assertEqual(self._send(channel="print").state, "decided")

    def test_a_sheet_has_the_questions_and_a_code(self):
        invitation = self.invite(self.satisfaction, channel="print")

        invitation.with_user(self.manager).action_print_sheet()
        report = self.env["ir.actions.report"]
        sheet = report._render_qweb_html("crm_surveys.survey_sheet", invitation.ids)[0].decode()

        self.assertEqual(invitation.state, "sent")
        self.assertIn("Would you recommend us?", sheet)
        self.assertIn("data:image/svg+xml;base64,", sheet)

    def test_an_open_survey_has_a_poster_with_its_link(self):
        self.satisfaction.access_mode = "public"

        report = self.env["ir.actions.report"].with_user(self.manager)
        poster = report._render_qweb_html("crm_surveys.survey_poster", self.satisfaction.ids)

        self.assertIn("How Was It?", poster[0].decode())
        self.assertIn("data:image/svg+xml;base64,", poster[0].decode())

    def test_a_survey_by_invitation_has_no_poster(self):
        self.satisfaction.access_mode = "token"

        with self.assertRaisesRegex(UserError, "by invitation only"):
            self.satisfaction._get_open_code()

    def test_a_customer_without_address_can_have_a_sheet(self):
        self.customer.write({"email": False, "phone": False})
        invitation = self.invite(self.satisfaction, channel="print")

        invitation.with_user(self.manager).action_print_sheet()

        self.assertTrue(invitation.user_input_id)

    def test_t1_only_managers_print_sheets(self):
        invitation = self.invite(
            self.satisfaction, channel="print", user_id=self.employee.id, team_id=self.team.id
        )
        for role in ("employee", "leader", "interviewer", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                invitation.with_user(getattr(self, role)).action_print_sheet()
        self.assertFalse(invitation.user_input_id)

    def test_what_has_ended_is_not_printed(self):
        invitation = self.invite(self.satisfaction, channel="print")
        invitation._move("expired")

        with self.assertRaises(UserError):
            invitation.with_user(self.manager).action_print_sheet()
