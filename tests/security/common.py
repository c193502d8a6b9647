from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.crm_standards.tests.common import StandardsCase


@tagged("post_install", "-at_install")
class StagePathCase(StandardsCase):
    """A gate above the first stage of one team, and the three ways a path may end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gated = cls.stage_qualified + cls.stage_proposal + cls.stage_won
        cls.law = cls.standard(
            cls.rule_vals("enter", cls.gated, ["expected_revenue"], name="Know the money")
        )

    def assertRefused(self, lead, deed):
        """The deed raises an error naming the rule, and the lead stands where it stood."""
        before = lead.stage_id
        with self.assertRaisesRegex(ValidationError, "Know the money"):
            deed()
        self.env.flush_all()
        self.assertEqual(lead.sudo().stage_id, before)
        self.assertNothingSilent()

    def assertStopped(self, lead, deed):
        """The deed goes through without moving the lead, and the register says so."""
        before = lead.stage_id
        deed()
        self.env.flush_all()
        self.assertEqual(lead.sudo().stage_id, before)
        self.assertIn("stopped", self.violations(lead).mapped("effect"))
        self.assertNothingSilent()

    def assertBornLower(self, lead):
        """The new lead stands in a stage without a gate, and the register says why."""
        self.env.flush_all()
        self.assertNotIn(lead.sudo().stage_id, self.gated)
        self.assertIn("stopped", self.violations(lead).mapped("effect"))
        self.assertNothingSilent()

    def assertMoved(self, lead, stage):
        """The lead moved, and the log has it."""
        self.env.flush_all()
        self.assertEqual(lead.sudo().stage_id, stage)
        self.assertEqual(self.path(lead)[-1], stage.name)
        self.assertNothingSilent()

    def assertNothingSilent(self):
        """Every lead of the database stands where the last line of its log says."""
        self.assertFalse(self.env["crm.standard.transition"]._find_drift())
