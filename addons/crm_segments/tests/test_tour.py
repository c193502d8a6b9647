from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import SegmentCase


@tagged("post_install", "-at_install")
class TestTour(HttpCase, SegmentCase):
    """The map and the making of a method, in a browser."""

    browser_size = "1400x900"

    def test_a_user_sees_the_map_and_opens_a_cell(self):
        large, small = map(self.customer, ("Evenly Large", "Small"))
        for month in (1, 2, 3):
            self.won(large, 300, f"2026-0{month}-05")
        self.won(small, 100, "2026-01-05")
        (self.method("abc") | self.method("xyz", period_count=3)).action_start()

        self.start_tour("/odoo/segment-map", "crm_segments_map_tour", login="segment_user")

    def test_a_manager_makes_a_method_and_takes_it_into_use(self):
        # the browser's requests have the real clock
        self.won(self.customer(), 100, fields.Date.today() - timedelta(days=40))

        self.start_tour(
            "/odoo/segment-methods", "crm_segments_method_tour", login="segment_manager"
        )
