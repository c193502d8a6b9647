from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.crm_kpi.tests.test_incident import IncidentCase


class TestWatch(IncidentCase):
    """Silence of customers, by class."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.at(datetime(2026, 1, 1))
        cls.best, cls.other = cls.env["res.partner"].create(
            [
                {"name": "Best Ltd", "ref": "watch-best", "user_id": cls.employee.id},
                {"name": "Other Ltd", "ref": "watch-other", "user_id": cls.employee.id},
            ]
        )
        cls.stamp(cls.best | cls.other, datetime(2026, 1, 1), create_date=datetime(2026, 1, 1))
        cls.method = cls.make_method("watch-best")

    @classmethod
    def make_method(cls, ref, **values):
        method = cls.env["crm.segment.method"].create(
            {"name": ref, "kind": "domain", "domain": f"[('ref', '=', '{ref}')]", **values}
        )
        method.action_start()
        return method

    def silent(self, method, **values):
        classes = [Command.set(method.segment_ids.ids)]
        return self.rule(kind="silent", silent_days=30, segment_ids=classes, **values)

    def test_only_customers_of_the_class_are_missed(self):
        found = self.find(self.silent(self.method))

        self.assertEqual(found.partner_id, self.best)
        self.assertEqual(found.user_id, self.employee)

    def test_who_leaves_the_class_is_missed_no_more(self):
        rule = self.silent(self.method)
        self.find(rule)
        self.method.domain = "[('ref', '=', 'watch-other')]"
        self.method.action_compute()

        found = self.find(rule)

        self.assertEqual(
            {incident.partner_id: incident.state for incident in found},
            {self.best: "over", self.other: "open"},
        )

    def test_classes_narrow_the_condition_and_do_not_replace_it(self):
        rule = self.silent(self.method, partner_domain="[('ref', '=', 'watch-other')]")

        self.assertFalse(self.find(rule))

    def test_nobody_is_missed_by_a_method_out_of_use(self):
        rule = self.silent(self.method)
        self.method.action_archive()

        self.assertFalse(self.find(rule))

    def test_classes_of_another_company_are_refused(self):
        company = self.env["res.company"].create({"name": "Watched Elsewhere Ltd"})

        with self.assertRaises(UserError):
            self.silent(self.make_method("watch-elsewhere", company_id=company.id))

    def test_t15_classes_of_a_rule_are_hidden_without_the_role(self):
        rule = self.silent(self.method).with_user(self.manager)

        with self.assertRaises(AccessError):
            rule.read(["segment_ids"])
        rule.partner_domain = "[('ref', '=like', 'watch-%')]"
        self.assertEqual(self.find(rule.sudo()).partner_id, self.best)  # sudo: as the job looks

    def test_a_rule_about_the_best_is_brought_along(self):
        rule = self.env.ref("crm_kpi_segments.crm_kpi_watch_silent_best")

        self.assertEqual(rule.segment_ids.mapped("code"), ["A"])
        self.assertEqual((rule.kind, rule.silent_days), ("silent", 14))
