from freezegun import freeze_time

from odoo.addons.crm_standards.models.common.breach import Breach
from odoo.addons.crm_standards.origin import PERSON, SYSTEM

from .common import StandardsCase

MONDAY = "2026-03-02 08:00:00"


@freeze_time(MONDAY)
class TestViolationRecord(StandardsCase):
    """Breaches come into the register once for each cause, in few statements."""

    def setUp(self):
        super().setUp()
        self.rule = self.standard(
            self.rule_vals("enter", self.stage_qualified, ["partner_id"], strength="record")
        ).rule_ids
        self.register = self.env["crm.standard.violation"]

    def breach(self, lead, **values):
        vals = {
            "rule_id": self.rule.id,
            "lead_id": lead.id,
            "stage_from_id": None,
            "stage_to_id": self.stage_qualified.id,
            "missing": ("partner_id",),
            "effect": "passed",
            "user_id": self.salesman.id,
        }
        return Breach(**{**vals, **values})

    def test_same_cause_is_counted_not_doubled(self):
        lead = self.lead()

        first = self.register._record_breaches([self.breach(lead)], PERSON)
        again = self.register._record_breaches([self.breach(lead)], PERSON)

        self.assertFalse(again)
        self.assertEqual(first.occurrence_count, 2)

    def test_same_cause_twice_in_one_batch_is_one(self):
        lead = self.lead()

        found = self.register._record_breaches([self.breach(lead)] * 3, PERSON)

        self.assertRecordValues(found, [{"occurrence_count": 3, "missing": "Contact"}])

    def test_cause_without_a_stage_is_counted_too(self):
        lead = self.lead()

        for _time in range(2):
            self.register._record_breaches([self.breach(lead, stage_to_id=None)], PERSON)

        self.assertEqual(self.violations(lead).occurrence_count, 2)

    def test_repeated_counts_the_same_rule_and_person(self):
        leads = [self.lead(), self.lead(), self.lead()]

        first = self.register._record_breaches([self.breach(leads[0])], PERSON)
        rest = self.register._record_breaches([self.breach(lead) for lead in leads], PERSON)

        self.assertEqual(first.repeated, 0)
        self.assertEqual(rest.sorted("id").mapped("repeated"), [1, 2])

    def test_repeated_leaves_out_others_the_excused_and_the_old(self):
        others = self.breach(self.lead(), user_id=self.colleague.id)
        self.register._record_breaches([others], PERSON)
        excused = self.register._record_breaches([self.breach(self.lead())], PERSON)
        excused.with_user(self.controller).write({"state": "excused", "reason": "Fire alarm"})
        old = self.register._record_breaches([self.breach(self.lead())], PERSON)
        old._write_fact({"date": "2025-11-01"})

        found = self.register._record_breaches([self.breach(self.lead())], PERSON)

        self.assertEqual(found.repeated, 0)

    def test_statements_do_not_grow_with_the_number(self):
        leads = self.env["crm.lead"].create([{"name": f"D{n}"} for n in range(60)])
        breaches = [self.breach(lead) for lead in leads]
        self.register._record_breaches(breaches[:1], SYSTEM)
        self.env.flush_all()

        with self.assertQueryCount(6):
            found = self.register._record_breaches(breaches, SYSTEM)

        self.assertEqual(len(found), 59)

    def test_defaults_in_the_context_do_not_colour_it(self):
        lead = self.lead()
        register = self.register.with_context(default_state="excused", default_repeated=7)

        found = register._record_breaches([self.breach(lead)], PERSON)

        self.assertRecordValues(found, [{"state": "open", "repeated": 0}])
