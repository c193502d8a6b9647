import base64
import json
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .common import SurveysCase


class TestPrivacy(SurveysCase):
    """Threat T20: a person's answers leave him, and the figures stay."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.asked = cls.survey(("nps", "csat", "driver", "reason", "text"))
        cls.invitation = cls.invite(cls.asked, user_id=cls.employee.id, team_id=cls.team.id)
        cls.response = cls.respond(
            cls.asked,
            answers={"nps": 3, "csat": 2, "driver": 1, "text": "Sara was not amused"},
            invitation_id=cls.invitation.id,
        )
        cls.erasures = cls.env["crm.survey.erasure"]

    def _open(self, user=None, **values):
        wizards = self.env["crm.survey.privacy"].with_user(user or self.manager)
        return wizards.create({"partner_id": self.customer.id, **values})

    def _figures(self):
        fact = self.fact(self.response)
        names = ("nps_points", "csat_points", "date", "user_id", "team_id", "channel", "mode")
        return [fact[name] for name in names] + fact.score_ids.mapped("value")

    def test_t20_the_person_and_his_words_go_and_the_figures_stay(self):
        figures, fact = self._figures(), self.fact(self.response)

        self._open(is_sure=True).action_anonymize()

        self.assertEqual(self._figures(), figures)
        self.assertEqual(self.fact(self.response), fact)
        for record in (self.response, fact, self.invitation):
            self.assertFalse(record.partner_id)
            self.assertFalse(record.commercial_partner_id)
        self.assertFalse(self.response.email or self.response.nickname)
        self.assertEqual(
            [text for text in self.response.user_input_line_ids.mapped("value_text_box") if text],
            ["[…]"],
        )

    def test_t20_what_waits_in_a_queue_does_not_go_out_any_more(self):
        waiting = self.invite(self.asked)
        waiting._send()
        mails = self.env["mail.mail"].search([("crm_survey_invitation_id", "=", waiting.id)])
        self.assertTrue(mails)

        self._open(is_sure=True).action_anonymize()

        self.assertFalse(mails.exists())
        self.assertEqual(waiting.state, "not_sent")

    def test_t20_a_rebuild_brings_nobody_back(self):
        self.response._anonymize("person")

        self.assertFalse(self.asked._rebuild_facts())
        self.assertFalse(self.fact(self.response).partner_id)

    def test_t20_others_keep_their_names_and_words(self):
        other = self.env["res.partner"].create(
            {"name": "Otto Other", "email": "sara@surveyed_example.com"}
        )
        kept = self.respond(self.asked, other, {"nps": 9, "csat": 5, "text": "Fine"})

        self._open(is_sure=True).action_anonymize()

        self.assertEqual(kept.partner_id, other)
        self.assertIn("Fine", kept.user_input_line_ids.mapped("value_text_box"))

    def test_t20_a_response_known_by_its_address_only_is_found(self):
        by_mail = self.env["survey.user_input"].create(
            {"survey_id": self.asked.id, "email": "Sara@Surveyed.example.com"}
        )

        self._open(is_sure=True).action_anonymize()

        self.assertFalse(by_mail.email)

    def test_t20_a_company_takes_its_people_along(self):
        self._open(partner_id=self.company_partner.id, is_sure=True).action_anonymize()

        self.assertTrue(self.response.date_anonymized)

    def test_t20_whoever_never_answered_is_forgotten_and_asked_no_more(self):
        waiting = self.invite(self.asked)

        self._open(is_sure=True).action_anonymize()

        self.assertFalse(waiting.partner_id)
        self.assertEqual((waiting.state, waiting.reason), ("not_sent", "canceled"))
        self.assertEqual(self.invitation.state, "finished")

    def test_nothing_happens_until_somebody_is_sure(self):
        with self.assertRaisesRegex(UserError, "cannot be undone"):
            self._open().action_anonymize()

        self.assertEqual(self.response.partner_id, self.customer)

    def test_t20_a_person_gets_what_he_said(self):
        wizard = self._open()

        action = wizard.action_export()
        (said,) = json.loads(base64.b64decode(wizard.file))

        self.assertIn(f"/{wizard.id}/file/", action["url"])
        self.assertEqual(said["email"], self.customer.email)
        self.assertIn("Sara was not amused", [answer["answer"] for answer in said["answers"]])
        self.assertNotIn(self.employee.name, json.dumps(said))

    def test_the_log_says_how_many_and_not_whose(self):
        wizard = self._open(is_sure=True)
        wizard.action_export()
        wizard.action_anonymize()

        done, handed = self.erasures.with_user(self.manager).search([], limit=2)
        self.assertEqual((handed.kind, done.kind), ("export", "person"))
        self.assertEqual(done.user_id, self.manager)
        self.assertEqual(done.response_count, 1)
        with self.assertRaises(AccessError):
            done.unlink()

    def test_who_has_answered_nothing_gets_a_clear_word(self):
        with self.assertRaisesRegex(UserError, "has answered no survey"):
            self._open(partner_id=self.outsider.partner_id.id).action_export()

    def test_t1_only_managers_open_it(self):
        for user in (self.employee, self.interviewer, self.leader, self.outsider):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._open(user)

    def test_t1_a_former_manager_has_lost_the_right(self):
        wizard = self._open(is_sure=True)
        self.manager.group_ids = self.env.ref("crm_surveys.group_leader")

        with self.assertRaises(AccessError):
            wizard.action_anonymize()

    def _run_job(self, day):
        with freeze_time(day), self.enter_registry_test_mode():
            job = self.env.ref("crm_surveys.crm_survey_privacy_cron")
            self.assertIs(job.method_direct_trigger(), True)
        self.env.invalidate_all()

    def test_the_time_of_keeping_is_that_of_the_company(self):
        self.env.company.survey_retention_months = 12
        self.env.cr.execute(
            "UPDATE survey_user_input SET end_datetime = '2026-03-10' WHERE id = %s",
            [self.response.id],
        )
        self.env.invalidate_all()

        self._run_job("2027-03-09")
        self.assertFalse(self.response.date_anonymized)
        self._run_job("2027-03-11")
        self.assertTrue(self.response.date_anonymized)

    def test_without_a_time_of_keeping_names_stay(self):
        self._run_job("2040-01-01")

        self.assertEqual(self.response.partner_id, self.customer)

    def test_the_time_of_keeping_runs_from_the_answer(self):
        self.env.company.survey_retention_months = 12
        self.env.cr.execute(
            "UPDATE survey_user_input SET create_date = '2025-03-10', end_datetime = '2026-03-10'"
            " WHERE id = %s",
            [self.response.id],
        )
        self.env.invalidate_all()

        self._run_job("2027-03-09")

        self.assertFalse(self.response.date_anonymized)

    def test_t20_whoever_never_answered_is_forgotten_in_time(self):
        self.env.company.survey_retention_months = 12
        waiting = self.invite(self.asked, date_decided="2026-03-10")
        refused = self.invite(self.asked, date_decided="2026-03-10")
        refused._move("not_sent", reason="no_address")

        self._run_job("2027-03-09")
        self.assertTrue(waiting.partner_id)
        self._run_job("2027-03-11")

        self.assertFalse((waiting | refused).partner_id)
        self.assertEqual((waiting.state, refused.reason), ("expired", "no_address"))
        self.assertEqual(self.erasures.search([], limit=1).kind, "invitation")

    def test_t20_notes_in_histories_go(self):
        lead = self.env["crm.lead"].create({"name": "Deal", "partner_id": self.customer.id})
        self.asked.history_moment = "sent"
        other = lead.message_post(body="Sara called")
        asked = self.invite(self.asked, res_model="crm.lead", res_id=lead.id)
        asked._move("sent")
        notes = self.env["mail.message"].search([("body", "ilike", "was asked")])
        self.assertTrue(notes & lead.message_ids)

        self._open(is_sure=True).action_anonymize()

        self.assertFalse(notes.exists())
        self.assertTrue(other.exists())

    def test_t20_the_event_of_a_trigger_does_not_lead_back_to_the_document(self):
        trigger = self.env["crm.survey.trigger"].create(
            {"name": "Any", "survey_id": self.asked.id, "channel": "mail"}
        )
        events = self.env["crm.survey.trigger.event"]
        event = events._sealed_create(
            [
                {
                    "trigger_id": trigger.id,
                    "res_id": 7,
                    "state": "done",
                    "date_due": "2026-03-10 11:12:13",
                    "invitation_id": self.invitation.id,
                }
            ]
        )

        self._open(is_sure=True).action_anonymize()

        self.assertFalse(event.invitation_id or event.date_due)
        self.assertEqual(event.res_id, 7)

    def test_t20_hours_do_not_lead_back_to_the_person(self):
        self._open(is_sure=True).action_anonymize()

        self.assertEqual(self.invitation.date_decided.hour, 12)
        self.assertEqual(self.invitation.date_finished.minute, 0)
        self.assertEqual(self.response.create_date.hour, 0)

    def test_t20_words_of_an_appeal_go(self):
        exclusions = self.env["crm.survey.exclusion"]
        fact = self.fact(self.response)
        exclusions.with_user(self.employee)._appeal(fact.with_user(self.employee), "Sara hates me")
        exclusions.with_user(self.manager)._refuse(
            fact.with_user(self.manager), "Sara was treated badly"
        )

        self._open(is_sure=True).action_anonymize()

        appeal = fact.exclusion_ids
        self.assertEqual((appeal.appeal, appeal.decision), ("[…]", "[…]"))
        self.assertFalse(appeal.message_ids)
        self.assertEqual(appeal.state, "refused")

    def _find_words(self, words):
        """Return the columns of the whole database in which words are found."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT columns.table_name, column_name FROM information_schema.columns
              JOIN information_schema.tables USING (table_schema, table_name)
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
               AND data_type IN ('text', 'character varying', 'jsonb', 'json')
            """
        )
        found = set()
        for table, column in self.env.cr.fetchall():
            self.env.cr.execute(
                SQL(
                    "SELECT EXISTS (SELECT FROM %s WHERE %s::text ILIKE %s)",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    f"%{words}%",
                )
            )
            if self.env.cr.fetchone()[0]:
                found.add((table, column))
        return found

    @freeze_time("2026-03-02 10:11:12")
    def test_t20_no_table_but_the_contact_s_has_the_name_or_the_words(self):
        self.customer.name, words = "Xandra Unmistaken", "the blue lorry came twice"
        self.env["crm.survey.loop.rule"].search([]).active = False
        self.env["crm.survey.loop.rule"].create({"name": "Any", "threshold": 10})
        asked = self.survey(("nps", "text"), user_id=self.manager.id)
        invitation = self.invite(
            asked, channel="phone", user_id=self.employee.id, team_id=self.team.id
        )
        invitation._queue_calls()
        calls = self.env["crm.survey.call"].with_user(self.interviewer)
        call = calls.browse(calls.take_next()["id"])
        call.save_outcome("call_back", words, datetime.now() + timedelta(days=1))
        response = invitation.user_input_id
        self.finish(response, {"nps": 3, "text": words})
        followup = self.fact(response).followup_ids.with_user(self.leader)
        followup.result = words
        followup.message_post(body=f"Xandra Unmistaken: {words}")
        followup.activity_schedule(
            "mail.mail_activity_data_todo", summary="Xandra Unmistaken", note=words
        )
        self.assertTrue(self._find_words(words))

        self._open(is_sure=True).action_anonymize()

        self.assertEqual(self._find_words(words), set())
        own = {table for table, _column in self._find_words("Xandra Unmistaken")}
        self.assertEqual(own, {"res_partner"})

    def test_words_that_are_gone_are_not_listed(self):
        results = self.env["crm.survey.result"].with_user(self.manager)
        asked = {"survey": self.asked.id}
        self.assertEqual(len(results.get_texts(asked)["texts"]), 1)

        self._open(is_sure=True).action_anonymize()

        self.assertFalse(results.get_texts(asked)["texts"])

    @freeze_time("2026-03-02 10:11:12")
    def test_t20_hours_of_calls_go(self):
        invitation = self.invite(self.asked, channel="phone")
        invitation._queue_calls()
        calls = self.env["crm.survey.call"].with_user(self.interviewer)
        call = calls.browse(calls.take_next()["id"])
        call.save_outcome("refused")

        self._open(is_sure=True).action_anonymize()

        moments = (call.date_due, call.date_taken, call.attempt_ids.date)
        self.assertEqual({moment.strftime("%H:%M:%S") for moment in moments}, {"12:00:00"})

    def test_a_survey_with_invitations_is_not_deleted(self):
        asked = self.survey(("nps",))
        self.invite(asked)

        with self.assertRaisesRegex(UserError, "Customers were invited"):
            asked.unlink()
