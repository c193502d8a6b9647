from types import SimpleNamespace

from odoo.exceptions import ValidationError
from odoo.fields import Command

from .common import SegmentCase


class TestReach(SegmentCase):
    """Threats T14, T21: a class is seen by many, so its condition leads nowhere in part."""

    def define(self, domain):
        return (
            self.env["crm.segment.method"]
            .with_user(self.manager)
            .create(
                {
                    "name": "Reaching",
                    "kind": "domain",
                    "company_id": self.company.id,
                    "domain": domain,
                }
            )
        )

    def grant(self, role):
        self.manager.group_ids = [Command.link(self.env.ref(f"sales_team.{role}").id)]

    def test_t21_a_condition_does_not_lead_to_what_its_author_reads_in_part(self):
        self.grant("group_sale_salesman")

        for domain in (
            "[('opportunity_ids.expected_revenue', '>', 1000)]",
            "[('opportunity_ids', 'any', [('priority', '=', '3')])]",
            "[('opportunity_ids', '!=', False)]",
        ):
            with (
                self.subTest(domain),
                self.assertRaisesRegex(ValidationError, "only a part of"),
                self.env.cr.savepoint(),
            ):
                self.define(domain)

    def test_who_may_read_all_opportunities_makes_classes_of_them(self):
        self.grant("group_sale_salesman_all_leads")

        method = self.define("[('opportunity_ids.priority', '=', '3')]")

        self.assertEqual(method.state, "draft")

    def test_t16_nobody_makes_classes_of_answers(self):
        for name in ("crm.survey.answer", "survey.user_input"):
            model = SimpleNamespace(_name=name, _description="Answer")
            with self.subTest(name):
                problem = self.method()._find_problem_of_document(model)
                self.assertIn("answers may be anonymous", problem)

    def test_t21_nobody_makes_classes_of_what_is_written_in_messages(self):
        self.grant("group_sale_manager")

        for domain in (
            "[('message_ids.body', 'ilike', 'insolvent')]",
            "[('activity_ids.note', 'ilike', 'insolvent')]",
        ):
            with (
                self.subTest(domain),
                self.assertRaisesRegex(ValidationError, "only a part of"),
                self.env.cr.savepoint(),
            ):
                self.define(domain)
