from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.crm_standards.tests.test_contact import NOW, ContactCase
from odoo.addons.crm_standards.tests.test_contact_norm import NORM


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestSmsComposer(ContactCase):
    """Text messages to many are held to the norms of contact."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person.phone = "+32 470 12 34 56"

    def fill_up(self, strength="block"):
        self.regulation([{**NORM, "strength": strength}])
        for days in (4, 3, 2):
            self.fact(days_ago=days)
        self.env.invalidate_all()

    def composer(self, user=None, **values):
        leads = self.lead(partner_id=self.person.id) + self.lead()
        composers = self.env["sms.composer"].with_user(user or self.salesman)
        return composers.create(
            {
                "composition_mode": "mass",
                "res_model": "crm.lead",
                "res_ids": repr(leads.ids),
                "body": "Buy",
                **values,
            }
        )

    def messages(self):
        return self.env["sms.sms"].search([("body", "=", "Buy")])

    def test_a_person_is_refused_a_mailing_to_a_full_customer(self):
        self.fill_up()

        with self.assertRaisesRegex(ValidationError, "One contact too many"):
            self.composer().action_send_sms()

        self.assertFalse(self.messages())

    def test_a_norm_that_only_records_lets_it_pass_and_counts_it(self):
        self.fill_up("record")
        before = self.count()

        self.composer(mass_keep_log=False).action_send_sms()

        self.assertTrue(self.messages())
        self.assertEqual(self.count(), before + 1)

    def count(self):
        self.env.flush_all()
        self.env.cr.precommit.run()
        domain = [("partner_id", "=", self.person.commercial_partner_id.id)]
        return self.env["crm.standard.contact"].search_count(domain)

    def test_a_single_text_message_is_counted_too(self):
        lead = self.lead(partner_id=self.person.id)
        before = self.count()

        self.composer(
            composition_mode="comment", res_id=lead.id, res_ids=False, numbers="+32470123456"
        ).action_send_sms()

        self.assertEqual(self.count(), before + 1)

    def test_a_machine_is_not_refused(self):
        self.fill_up()

        with self.machine():
            self.composer(user=self.env.user).action_send_sms()

        self.assertTrue(self.messages())

    def test_without_norms_nothing_changes(self):
        composer = self.composer(mass_keep_log=False)

        composer.action_send_sms()

        self.assertTrue(self.messages())
        self.assertFalse(composer.mass_keep_log)

    def test_the_composer_warns_before_the_click(self):
        self.fill_up("record")

        self.assertIn("One contact too many", self.composer().contact_warning)

    def test_t5_garbage_for_the_records_is_no_error(self):
        self.fill_up()
        for garbage in ("", "x", "{}", "[None]", "[1, 'a']", "__import__('os')", "7"):
            with self.subTest(garbage):
                composer = self.env["sms.composer"].new(
                    {"composition_mode": "mass", "res_model": "crm.lead", "res_ids": garbage}
                )
                self.assertFalse(composer.contact_warning)
