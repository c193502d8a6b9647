from datetime import timedelta
from random import Random

from freezegun import freeze_time

from odoo.fields import Domain

from odoo.addons.crm_standards.logic import gate as logic
from odoo.addons.crm_standards.logic.dry_run import bit_of

from .dry_run_common import NOW, DryRunCase


@freeze_time(NOW + timedelta(hours=1))
class TestDryRunEqualsGate(DryRunCase):
    """The SQL of the dry run and the gate's own logic agree on every move."""

    FIELDS = ("partner_id", "phone", "expected_revenue", "description", "priority", "tag_ids")
    VALUES = {
        "phone": (False, "1"),
        "expected_revenue": (0, 7),
        "description": (False, "<p><br></p>", "<p>Text</p>", "<p> </p>"),
        "priority": ("0", "2"),
    }

    def random_rule(self, random):
        stages = self.team_stages
        some = lambda: stages.browse(random.sample(stages.ids, random.randint(1, 3)))  # noqa: E731 short and local
        kind = random.choice(["begin", "enter", "leave", "transition"])
        return self.rule_vals(
            kind,
            some(),
            random.sample(self.FIELDS, random.randint(1, 2)) if kind in ("enter", "leave") else (),
            next_stages=some() if kind == "transition" else None,
            strength=random.choice(["advise", "record", "block"]),
        )

    def random_deal(self, random):
        values = {name: random.choice(choices) for name, choices in self.VALUES.items()}
        values["partner_id"] = random.choice([False, self.customer.id])
        values["tag_ids"] = random.choice([[], self.tag.ids])
        return self.deal(**values)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team_stages = cls.stage_new + cls.stage_qualified + cls.stage_proposal + cls.stage_won
        cls.tag = cls.env["crm.tag"].create({"name": "Dry"})

    def test_on_random_moves_and_rules(self):
        random = Random(20260302)
        law = self.draft(*(self.random_rule(random) for _number in range(12)))
        deals = [self.random_deal(random) for _number in range(12)]
        ends = [*self.team_stages, self.env["crm.stage"]]
        moves = {}
        for _number in range(120):
            lead, old, new = random.choice(deals), random.choice(ends), random.choice(ends)
            logged = lead._get_logged_field_names()
            empty = random.choice(
                [None, [name for name in self.FIELDS if name in logged and random.random() < 0.5]]
            )
            if old != new:
                moves[self.line(lead, old, new, empty=empty)] = (lead, old, new, empty)
        rules = [rule._to_logic(law._to_scope()) for rule in law.rule_ids]

        judged = self.env.execute_query_dict(
            self.env["crm.standard.dry.run.judge"]._judge_moves(
                rules, Domain("id", "in", list(moves))
            )
        )

        self.assertEqual(len(judged), len(moves))
        for row in judged:
            lead, old, new, empty = moves[row["id"]]
            with self.subTest(lead=lead.id, old=old.name, new=new.name, empty=empty):
                expected = logic.judge_move(
                    rules,
                    logic.Move(old.id or None, new.id or None),
                    self.filled_then(lead, empty),
                )
                broken = [r for i, r in enumerate(rules) if row["broken"] & bit_of(i)]
                self.assertEqual(broken, [finding.rule for finding in expected])

    def filled_then(self, lead, empty):
        """Return what the gate would have known at the move, as far as the log tells."""
        today, logged = self.env["crm.standard.gate"]._filled(lead), lead._get_logged_field_names()
        return lambda name: (
            today(name) if empty is None or name not in logged else name not in empty
        )
