from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.fields import Datetime
from odoo.tools import mute_logger

from .sending_common import SendingCase

NOW = "2026-03-02 09:00:00"


@freeze_time(NOW)
class TestSending(SendingCase):
    """Invitations by mail: rendered, queued, sent, failed, tried again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_customer = cls.env["res.partner"].create(
            {"name": "Otto Other", "email": "otto@surveyed.example.com"}
        )

    def test_an_invitation_goes_into_the_queue_with_its_link(self):
        invitation = self.invite(self.satisfaction)

        self.run_job()

        mail = self.mails(invitation)
        self.assertEqual(invitation.state, "queued")
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.subject, "How Was It?")
        self.assertIn("sara@surveyed.example.com", mail.email_to)
        self.assertIn(invitation.user_input_id.access_token, mail.body_html)
        self.assertEqual(invitation.user_input_id.partner_id, self.customer)
        self.assertEqual(invitation.user_input_id.channel, "mail")

    def test_each_score_has_its_link(self):
        invitation = self.invite(self.satisfaction)

        self.run_job()

        body = self.mails(invitation).body_html
        links = [score for score in range(11) if f'?score={score}"' in body]
        self.assertEqual(links, list(range(11)))

    def test_a_second_run_sends_nothing_twice(self):
        invitation = self.invite(self.satisfaction)
        self.run_job()

        self.run_job()

        self.assertEqual(len(self.mails(invitation)), 1)

    def test_what_is_sent_later_waits(self):
        invitation = self.invite(self.satisfaction, date_planned="2026-03-02 09:01:00")

        self.run_job()

        self.assertEqual(invitation.state, "decided")

    def test_the_way_out_stands_in_the_headers(self):
        invitation = self.invite(self.satisfaction)

        self.run_job()

        headers = self.mails(invitation).headers
        self.assertIn(invitation._get_unsubscribe_url(), headers)
        self.assertIn("'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'", headers)

    def test_each_reads_his_own_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        template = self.env.ref("crm_surveys.crm_survey_mail_template_invitation")
        template.with_context(lang="fr_FR").subject = "Votre avis, {{ object.partner_id.name }}"
        self.other_customer.lang = "fr_FR"
        self.satisfaction.lang_ids = False
        mine = self.invite(self.satisfaction)
        french = self.invite(self.satisfaction, partner_id=self.other_customer.id)

        self.run_job()

        self.assertEqual(self.mails(mine).subject, "How Was It?")
        self.assertEqual(self.mails(french).subject, "Votre avis, Otto Other")
        self.assertEqual(french.user_input_id.lang_id.code, "fr_FR")

    def test_nothing_of_one_customer_is_in_the_mail_of_the_next(self):
        self.satisfaction.invitation_template_id = self._template(
            """<t t-if="object.partner_id.name == 'Sara Surveyed'">
                 <t t-set="secret" t-value="'for Sara'"/></t><p t-out="secret or 'nothing'"/>"""
        )
        mine = self.invite(self.satisfaction)
        other = self.invite(self.satisfaction, partner_id=self.other_customer.id)

        self.run_job()

        self.assertIn("for Sara", self.mails(mine).body_html)
        self.assertIn("nothing", self.mails(other).body_html)

    def _template(self, body, **values):
        return self.env["mail.template"].create(
            {
                "name": "Own Mail",
                "model_id": self.env["ir.model"]._get_id("crm.survey.invitation"),
                "subject": "Own",
                "body_html": body,
                **values,
            }
        )

    def test_a_broken_expression_fails_that_customer_only(self):
        self.satisfaction.invitation_template_id = self._template(
            "<p t-out=\"1 / len(object.partner_id.ref or '')\"/>"
        )
        self.other_customer.ref = "R1"
        broken = self.invite(self.satisfaction)
        fine = self.invite(self.satisfaction, partner_id=self.other_customer.id)

        self.run_job()

        self.assertEqual((broken.state, fine.state), ("failed", "queued"))
        self.assertIn("division by zero", broken.note)
        self.assertFalse(broken.date_retry)

    @mute_logger("odoo.addons.crm_surveys.models.sending.crm_survey_invitation_send")
    def test_one_that_fails_for_whatever_reason_stops_no_other(self):
        bad = self.invite(self.satisfaction)
        fine = self.invite(self.satisfaction, partner_id=self.other_customer.id)
        prepare = type(bad)._prepare_mail

        def fail(invitation, rendered):
            if invitation.id == bad.id:
                raise ValueError("unforeseen")
            return prepare(invitation, rendered)

        with patch.object(type(bad), "_prepare_mail", fail):
            self.run_job()

        self.assertEqual((bad.state, fine.state), ("failed", "queued"))
        self.assertEqual((bad.note, bad.date_retry), ("unforeseen", False))

    def test_a_language_that_was_switched_off_stops_nobody(self):
        invitation = self.invite(self.satisfaction, lang="xx_XX")

        self.run_job()

        self.assertEqual(invitation.state, "queued")

    def test_a_mail_of_a_batch_is_as_one_created_alone(self):
        self.invite(self.satisfaction)
        copied = self.invite(self.satisfaction, partner_id=self.other_customer.id)
        self.run_job()
        mail = self.mails(copied)

        alone = mail.create(
            {
                "author_id": self.env.ref("base.partner_root").id,
                "auto_delete": True,
                **{
                    name: mail[name]
                    for name in ("subject", "body_html", "email_from", "reply_to", "email_to")
                },
                "headers": mail.headers,
                "crm_survey_invitation_id": copied.id,
            }
        )

        for model, one, other in (
            ("mail.mail", mail, alone),
            ("mail.message", mail.mail_message_id, alone.mail_message_id),
        ):
            names = [
                name
                for name, field in self.env[model]._fields.items()
                if field.store and field.column_type
                if name not in ("id", "message_id", "mail_message_id")
            ]
            self.assertEqual(one.read(names)[0] | {"id": 0}, other.read(names)[0] | {"id": 0})
        self.assertTrue(mail.message_id)
        self.assertNotEqual(mail.message_id, alone.message_id)

    def test_t6_a_name_is_no_markup_in_the_history(self):
        self.customer.name = '<a href="https://example.com">Reset</a>'
        self.satisfaction.history_moment = "sent"
        invitation = self.invite(self.satisfaction)
        self.run_job()

        invitation._follow_sending()

        self.assertNotIn("<a href", self.customer.message_ids.sorted("id")[-1:].body)

    def test_t6_names_are_written_as_text(self):
        self.customer.name = "<script>alert(1)</script>"
        invitation = self.invite(self.satisfaction)

        self.run_job()

        self.assertNotIn("<script>", self.mails(invitation).body_html)

    def test_t7_a_name_is_no_template(self):
        self.customer.name = '<t t-out="7*7*7"/> {{ 7*7*7 }}'
        invitation = self.invite(self.satisfaction)

        self.run_job()

        mail = self.mails(invitation)
        self.assertEqual(invitation.state, "queued")
        self.assertIn("{{ 7*7*7 }}", mail.body_html)
        self.assertNotIn("343", f"{mail.subject} {mail.body_html} {mail.email_to}")

    def test_who_cannot_be_asked_any_more_is_not_and_why(self):
        closed = self.survey()
        gone = self.env["crm.lead"].create({"name": "Gone", "partner_id": self.customer.id})
        people = self.env["res.partner"].create(
            [
                {"name": "No Address"},
                {"name": "Opted Out", "email": "out@example.com", "has_survey_opt_out": True},
                {"name": "Blocked", "email": "Blocked@Example.com"},
            ]
        )
        self.env["mail.blacklist"]._add("blocked@example.com")
        invitations = {
            "no_address": self.invite(self.satisfaction, partner_id=people[0].id),
            "opted_out": self.invite(self.satisfaction, partner_id=people[1].id),
            "blacklisted": self.invite(self.satisfaction, partner_id=people[2].id),
            "document_gone": self.invite(self.satisfaction, res_model="crm.lead", res_id=gone.id),
        }
        late = self.invite(closed)
        gone.unlink()
        closed.active = False

        self.run_job()

        self.assertEqual(late.reason, "survey_closed")
        for reason, invitation in invitations.items():
            self.assertEqual((invitation.state, invitation.reason), ("not_sent", reason))
            self.assertFalse(self.mails(invitation))

    def test_what_the_queue_has_sent_is_sent(self):
        invitation = self.invite(self.satisfaction)
        self.run_job()

        self.deliver(invitation)

        self.assertEqual(invitation.state, "sent")
        self.assertEqual(invitation.date_remind, Datetime.to_datetime("2026-03-09 09:00:00"))
        self.assertEqual(invitation.date_expires, Datetime.to_datetime("2026-04-01 09:00:00"))
        self.assertEqual(invitation.user_input_id.deadline, invitation.date_expires)
        self.assertFalse(self.mails(invitation))

    def test_what_fails_is_tried_again_with_the_same_link(self):
        invitation = self.invite(self.satisfaction)
        self.run_job()
        token = invitation.user_input_id.access_token
        self.deliver(invitation, error=OSError("Connection lost"))
        self.assertEqual(invitation.state, "failed")
        self.assertIn("Connection lost", invitation.note)

        with freeze_time(Datetime.now() + timedelta(hours=1)):
            self.run_job()
            self.deliver(invitation)

        self.assertEqual(invitation.state, "sent")
        self.assertEqual(invitation.attempt_count, 2)
        self.assertEqual(invitation.user_input_id.access_token, token)
        self.assertFalse(self.mails(invitation))

    def test_it_is_not_tried_for_ever(self):
        invitation = self.invite(self.satisfaction)
        moment = Datetime.now()
        for _attempt in range(6):
            moment += timedelta(days=2)
            with freeze_time(moment):
                self.run_job()
                self.deliver(invitation, error=OSError("Connection lost"))

        self.assertEqual(invitation.state, "failed")
        self.assertEqual(invitation.attempt_count, 4)

    def test_closing_the_survey_stops_mails_that_wait(self):
        invitation = self.invite(self.satisfaction)
        self.run_job()

        self.satisfaction.active = False

        self.assertEqual((invitation.state, invitation.reason), ("not_sent", "survey_closed"))
        self.assertFalse(self.mails(invitation))

    def test_reminders_stop_at_their_number_and_keep_the_link(self):
        invitation = self._sent()

        for day in (5, 10, 15):
            with freeze_time(Datetime.to_datetime(NOW) + timedelta(days=day)):
                self.run_job("_cron_remind")

        mails = self.mails(invitation)
        self.assertEqual(len(mails), 1)
        self.assertIn(invitation.user_input_id.access_token, mails.body_html)
        self.assertEqual((invitation.state, invitation.reminder_count), ("sent", 1))
        self.assertFalse(invitation.date_remind)

    def _sent(self, **values):
        invitation = self.invite(self.satisfaction, **values)
        self.run_job()
        self.deliver(invitation)
        return invitation

    def test_nobody_who_answered_is_reminded(self):
        invitation = self._sent()
        self.finish(invitation.user_input_id, {"nps": 9})

        with freeze_time("2026-03-09 09:00:00"):
            self.run_job("_cron_remind")

        self.assertEqual(invitation.state, "finished")
        self.assertFalse(invitation.date_remind)
        self.assertFalse(self.mails(invitation))

    def test_nobody_who_opted_out_is_reminded(self):
        invitation = self._sent()
        self.customer.has_survey_opt_out = True

        with freeze_time("2026-03-09 09:00:00"):
            self.run_job("_cron_remind")

        self.assertFalse(self.mails(invitation))
        self.assertFalse(invitation.date_remind)

    def test_a_reminder_that_fails_is_no_failure_of_the_invitation(self):
        invitation = self._sent()

        with freeze_time("2026-03-09 09:00:00"):
            self.run_job("_cron_remind")
            self.deliver(invitation, error=OSError("Connection lost"))

        self.assertEqual(invitation.state, "sent")

    def test_an_invitation_ends(self):
        invitation = self._sent()

        with freeze_time("2026-04-01 09:00:00"):
            self.run_job("_cron_expire")

        self.assertEqual(invitation.state, "expired")
        self.assertFalse(invitation.date_remind)

    def test_it_stands_in_the_history_without_the_link(self):
        lead = self.env["crm.lead"].create({"name": "Deal", "partner_id": self.customer.id})
        invitation = self._sent(res_model="crm.lead", res_id=lead.id)
        self.assertNotIn("How Was It?", "".join(lead.message_ids.mapped("body")))

        self.finish(invitation.user_input_id, {"nps": 9})

        words = "".join(lead.message_ids.mapped("body"))
        self.assertIn("How Was It?", words)
        self.assertNotIn(invitation.user_input_id.access_token, words)

    def test_ending_many_takes_no_more_statements_than_few(self):
        leads = self.env["crm.lead"].create(
            [{"name": f"Deal {number}", "partner_id": self.customer.id} for number in range(20)]
        )
        invitations = self.env["crm.survey.invitation"]
        for lead in leads:
            invitations |= self.invite(self.satisfaction, res_model=lead._name, res_id=lead.id)
        invitations._prepare_responses()
        invitations._move("sent")
        spent = []
        for some in (invitations[:1], invitations[1:6], invitations[6:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._move("expired")
            self.env.flush_all()
            spent.append(self.env.cr.sql_log_count - before)

        self.assertLess(spent[2], spent[1] + 5)

    def test_it_stands_in_the_history_at_once_if_the_survey_says_so(self):
        self.satisfaction.history_moment = "sent"

        self._sent()

        self.assertIn("How Was It?", "".join(self.customer.message_ids.mapped("body")))

    def test_t21_a_contact_counts_what_the_user_sees(self):
        self.invite(self.satisfaction, team_id=self.team.id)
        self.invite(self.satisfaction, team_id=self.other_team.id)
        for role, count in (("leader", 1), ("manager", 2)):
            for partner in (self.customer, self.company_partner):
                seen = partner.with_user(getattr(self, role))
                seen.invalidate_recordset()
                with self.subTest(role=role, partner=partner.name):
                    self.assertEqual(seen.survey_invitation_count, count)
                    domain = seen.action_show_survey_invitations()["domain"]
                    found = self.env["crm.survey.invitation"].with_user(getattr(self, role))
                    self.assertEqual(found.search_count(domain), count)

    def test_t2_no_employee_reads_the_mail(self):
        invitation = self.invite(self.satisfaction, user_id=self.employee.id)
        self.run_job()

        for role in ("employee", "leader", "manager"):
            user = getattr(self, role)
            self.assertFalse(self.mails(invitation).with_user(user).has_access("read"), role)
            message = self.mails(invitation).mail_message_id.with_user(user)
            self.assertFalse(message.has_access("read"), role)

    def test_numbers_out_of_range_are_refused(self):
        for values in (
            {"answer_days": -1},
            {"reminder_limit": 6},
            {"reminder_limit": 1, "reminder_days": 0},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self.satisfaction.write(values)

    def test_a_batch_takes_few_statements_for_each(self):
        customers = self.env["res.partner"].create(
            [
                {"name": f"Customer {number}", "email": f"c{number}@example.com"}
                for number in range(60)
            ]
        )

        def count_statements(some):
            self.env["crm.survey.invitation"]._decide(
                [{"survey_id": self.satisfaction.id, "partner_id": one.id} for one in some]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.run_job()
            self.env.flush_all()
            return self.cr.sql_log_count - before

        count_statements(customers[:2])

        few, many = count_statements(customers[2:12]), count_statements(customers[12:])
        self.assertLess((many - few) / 38, 8)
