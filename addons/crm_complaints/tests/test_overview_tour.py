from odoo.tests import HttpCase, tagged

from .common import ComplaintsCase


@tagged("post_install", "-at_install")
class TestOverviewTour(HttpCase, ComplaintsCase):
    """The overview page in a browser."""

    browser_size = "1400x900"

    def test_a_clerk_sees_figures_and_opens_their_complaints(self):
        self.env["crm.complaint"].search([]).active = False
        for _one in range(3):
            self.complaint()

        self.start_tour("/odoo/complaints-overview", "crm_complaints_overview", login="cmp_clerk")
