from odoo.tests import HttpCase, tagged

from .dry_run_common import DryRunCase


@tagged("post_install", "-at_install")
class TestAnalysisBrowser(DryRunCase, HttpCase):
    """A controller tries a draft on history in a real browser."""

    browser_size = "1366x768"

    def test_controller_tries_a_draft_on_history(self):
        law = self.draft(
            self.rule_vals(
                "transition",
                self.stage_new,
                next_stages=self.stage_qualified,
                name="No skipping",
            )
        )
        lead = self.deal()
        self.line(lead, self.stage_new, self.stage_proposal, date=self.env.cr.now())

        self.start_tour(
            f"/odoo/standards/{law.id}", "standards_try_on_history", login="std_controller"
        )

        self.assertEqual(law.dry_run_ids.stopped_count, 1)
