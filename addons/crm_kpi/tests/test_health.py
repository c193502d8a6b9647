from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form

from .common import FIRST, LAST, KpiCase


class TestHealth(KpiCase):
    """One page names what is broken; the rest is counted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.kpi.indicator"].search([]).action_archive()
        cls.sound, cls.ill = cls.measure("sound"), cls.measure("ill")
        cls.good = cls.indicator("good", measure_id=cls.sound.id)
        cls.bad = cls.indicator("bad", formula="ill * 2")

    def page(self, user=None):
        return self.env["crm.kpi.health"].with_user(user or self.manager).create({})

    def break_one(self):
        self.lead(self.employee)
        self.refresh()
        self.stamp(self.ill, self.clock, date_field="gone_on")
        self.refresh()

    def test_what_is_broken_is_named_and_the_rest_has_its_value(self):
        self.break_one()

        page = self.page()

        self.assertEqual(page.broken_measure_ids, self.ill)
        self.assertIn("gone_on", page.broken_measure_ids.problem)
        self.assertEqual(page.broken_indicator_ids, self.bad)
        self.assertFalse(page.is_sound)
        values = (self.good | self.bad)._get_values(FIRST, LAST)
        self.assertEqual(values, {self.good: {(): 1}, self.bad: {(): None}})

    def test_what_is_mended_is_counted_by_the_button(self):
        self.break_one()
        self.stamp(self.ill, self.clock, date_field="create_date")

        self.page().action_count()

        self.assertFalse(self.page().broken_measure_ids)
        self.assertEqual(self.values(self.ill), {self.employee.id: 1})

    def test_a_job_that_stands_still_is_noticed(self):
        self.refresh()
        source = self.env["crm.kpi.source"].search([("model_name", "=", "crm.lead")])
        source._sealed_write({"date_looked": fields.Datetime.now() - timedelta(hours=1)})

        self.assertIn("stands still", self.page().summary)

    def look_now(self):
        self.refresh()
        for source in self.env["crm.kpi.source"].search([]):
            source._sealed_write({"date_looked": fields.Datetime.now()})

    def test_a_source_that_was_never_looked_at_is_noticed(self):
        self.look_now()
        source = self.env["crm.kpi.source"].search([("model_name", "=", "crm.lead")])
        source._sealed_write({"date_looked": False})

        self.assertIn("stands still", self.page().summary)

    def test_what_waits_is_not_said_to_be_counted(self):
        self.look_now()
        self.stamp(self.measure("fresh"), fields.Datetime.now())

        page = self.page()

        self.assertFalse(page.is_sound)
        self.assertEqual(page.summary, "What is named here is counted within a minute.")

    def test_what_waits_for_long_means_that_the_job_stands_still(self):
        self.look_now()
        self.stamp(self.measure("fresh"), fields.Datetime.now() - timedelta(hours=1))

        self.assertIn("stands still", self.page().summary)

    def test_all_is_well(self):
        self.look_now()

        with Form(self.env["crm.kpi.health"].with_user(self.manager)) as form:
            self.assertEqual(form.summary, "Everything is counted.")

    def test_t1_the_page_is_for_managers(self):
        for user in (self.employee, self.leader, self.outsider, self.customer_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.page(user)
