from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from .common import StandardsCase

# 9:00 in Berlin, where these people live
MORNING = datetime(2026, 3, 3, 8)


@freeze_time(MORNING)
class TestDigest(StandardsCase):
    """One mail a person and day, in his morning and language, of what he may read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.salesman + cls.colleague + cls.leader + cls.controller
        cls.people.tz = "Europe/Berlin"
        # only they have a morning now
        everybody = cls.env.ref("crm_standards.group_user").all_user_ids
        cls.env["crm.standard.digest"]._sealed_create(
            [
                {"user_id": user.id, "date": day}
                for user in everybody - cls.people
                for day in (date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4))
            ]
        )

    def setUp(self):
        super().setUp()
        self.standard(
            self.rule_vals(
                "enter", self.stage_qualified, ["partner_id"], strength="record", name="Know him"
            )
        )

    def break_rule(self, moment="2026-03-02 15:00:00", **values):
        lead = self.lead(**values)
        lead.stage_id = self.stage_qualified
        violation = self.violations(lead)
        violation._write_fact({"date": moment})
        return violation

    def send(self):
        before = self.env["mail.mail"].search([])
        with self.enter_registry_test_mode():
            self.env.ref("crm_standards.crm_standard_digest_cron_send").method_direct_trigger()
        return self.env["mail.mail"].search([]) - before

    def mail_to(self, mails, user):
        return mails.filtered(lambda mail: user.partner_id in mail.recipient_ids)

    def test_each_gets_one_mail_of_what_concerns_him(self):
        self.break_rule(name="Deal with Acme")

        mails = self.send()

        self.assertEqual(
            mails.recipient_ids.user_ids, self.salesman + self.leader + self.controller
        )
        self.assertEqual(len(mails), 3)
        self.assertIn("Deal with Acme", self.mail_to(mails, self.salesman).body_html)

    def test_t18_second_run_sends_nothing(self):
        self.break_rule()
        self.send()

        self.assertFalse(self.send())

    def test_t18_another_worker_at_the_same_people_changes_nothing(self):
        digests = self.env["crm.standard.digest"]
        days = {self.salesman.id: date(2026, 3, 3)}

        self.assertTrue(digests._claim(days))
        self.assertFalse(digests._claim(days))

    def test_nothing_new_no_mail_but_a_proof(self):
        self.assertFalse(self.send())

        proof = self.env["crm.standard.digest"].search([("user_id", "=", self.salesman.id)])
        self.assertEqual((proof.date, proof.date_sent), (date(2026, 3, 3), False))

    def test_what_was_told_is_not_told_again(self):
        self.break_rule(name="Old deal")
        self.send()

        with freeze_time("2026-03-04 08:00:00"):
            self.break_rule("2026-03-03 12:00:00", name="New deal")
            body = self.mail_to(self.send(), self.salesman).body_html

        self.assertIn("New deal", body)
        self.assertNotIn("Old deal", body)

    def test_before_the_morning_nobody_is_woken(self):
        self.break_rule()

        with freeze_time("2026-03-03 05:00:00"):
            self.assertFalse(self.send())

    def test_own_part_can_be_switched_off_by_oneself(self):
        self.break_rule()
        self.salesman.with_user(self.salesman).has_standard_digest = False

        mails = self.send()

        self.assertFalse(self.mail_to(mails, self.salesman))

    def test_controllers_part_is_the_companys_to_switch(self):
        self.break_rule()
        self.controller.has_standard_digest = False

        self.assertTrue(self.mail_to(self.send(), self.controller))

        self.env.company.has_standard_controller_digest = False
        with freeze_time("2026-03-04 08:00:00"):
            self.break_rule("2026-03-03 12:00:00")
            self.assertFalse(self.mail_to(self.send(), self.controller))

    def test_t21_digest_tells_no_more_than_one_may_read(self):
        self.break_rule(name="Secret deal")

        mails = self.send()

        self.assertFalse(self.mail_to(mails, self.colleague))
        self.assertNotIn("Secret deal", self.mail_to(mails, self.controller).body_html)

    def test_t15_other_companies_stay_out(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        violation = self.break_rule()
        violation._write_fact({"company_id": company.id})

        self.assertFalse(self.send())

    def test_t6_names_are_escaped(self):
        self.break_rule(name="<img src=x onerror=alert(1)>")

        body = self.mail_to(self.send(), self.salesman).body_html

        self.assertNotIn("<img", body)

    def test_mail_speaks_the_persons_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.salesman.lang = "ru_RU"
        self.break_rule()
        digests = self.env["crm.standard.digest"]
        seen = []
        prepare = type(digests)._prepare_sections

        def spy(model, start, end):
            seen.append((model.env.user, model.env.lang, model.env.su))
            return prepare(model, start, end)

        with patch.object(type(digests), "_prepare_sections", spy):
            self.send()

        self.assertIn((self.salesman, "ru_RU", False), seen)

    def test_one_person_who_fails_stops_no_other(self):
        self.break_rule()
        digests = self.env["crm.standard.digest"]
        prepare = type(digests)._prepare_sections

        def fail(model, start, end):
            if model.env.user == self.salesman:
                raise ValueError("broken")
            return prepare(model, start, end)

        with (
            patch.object(type(digests), "_prepare_sections", fail),
            mute_logger("odoo.addons.crm_standards.models.violations.crm_standard_digest"),
        ):
            mails = self.send()

        self.assertTrue(self.mail_to(mails, self.leader))
        failed = digests.search([("user_id", "=", self.salesman.id)])
        self.assertIn("broken", failed.error)

    def test_what_failed_is_told_the_next_day(self):
        self.break_rule(name="Deal with Acme")
        self.env["crm.standard.digest"]._sealed_create(
            {
                "user_id": self.salesman.id,
                "date": date(2026, 3, 2),
                "date_to": datetime(2026, 3, 3),
                "error": "broken",
            }
        )

        self.assertIn("Acme", self.mail_to(self.send(), self.salesman).body_html)

    def test_t19_proof_cannot_be_changed(self):
        self.send()
        proof = self.env["crm.standard.digest"].search([("user_id", "=", self.salesman.id)])

        with self.assertRaises(AccessError):
            proof.sudo().write({"line_count": 0})
        with self.assertRaises(AccessError):
            proof.with_user(self.controller).unlink()

    def test_employee_sees_his_own_proofs_only(self):
        self.send()

        proofs = self.env["crm.standard.digest"].with_user(self.salesman).search([])

        self.assertEqual(proofs.user_id, self.salesman)
