from .common import StandardsCase


class TestBadge(StandardsCase):
    """A card of the board says in short what the standards ask."""

    def badge(self, lead):
        lead.invalidate_recordset(["standard_badge"])
        return lead.standard_badge

    def test_missing_for_the_next_stage(self):
        self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id", "phone"]))

        badge = self.badge(self.lead())

        self.assertEqual((badge["kind"], badge["count"]), ("next", 1))
        self.assertEqual((badge["stage"], badge["strength"]), ("Qualified (S)", "block"))

    def test_ready_when_nothing_is_missing(self):
        self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))

        self.assertEqual(self.badge(self.lead(partner_id=self.customer.id))["kind"], "ready")

    def test_what_the_stage_lacks_comes_first(self):
        lead = self.lead(stage_id=self.stage_qualified.id)
        self.standard(
            self.rule_vals("enter", self.stage_qualified, ["partner_id"], strength="record")
        )

        self.assertEqual(self.badge(lead)["kind"], "lacking")

    def test_no_badge_without_standards_nor_when_it_is_over(self):
        lead = self.lead()
        self.assertFalse(self.badge(lead))
        self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        lead.action_set_lost()

        self.assertFalse(self.badge(lead))
