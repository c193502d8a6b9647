from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .test_norm import NormCase


@tagged("post_install", "-at_install")
class TestTour(HttpCase, NormCase):
    """Norms by class, in a browser."""

    browser_size = "1400x900"

    def test_a_controller_holds_a_norm_to_a_class(self):
        self.manager.group_ids = [Command.link(self.env.ref("crm_standards.group_manager").id)]
        self.norm.segment_ids = [Command.clear()]

        self.start_tour(
            f"/odoo/contact-norms/{self.norm.id}",
            "crm_segments_standards_norm_tour",
            login="segment_manager",
        )

        self.assertEqual(self.norm.segment_ids, self.best)
        self.assertEqual(self.find(), self.large)
