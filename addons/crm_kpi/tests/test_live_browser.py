from odoo.tests import HttpCase, tagged


def hoot_id(name):
    """Return the id Hoot gives a suite of tests, so that the browser runs this one only."""
    value = 0
    for char in name:
        value = ((value << 5) - value + ord(char)) & 0xFFFFFFFF
    return f"{value:08x}"


@tagged("post_install", "-at_install")
class TestLiveBrowser(HttpCase):
    """Open screens follow what is counted, in a real browser."""

    browser_size = "1366x768"

    def test_component(self):
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={hoot_id('@crm_kpi')}",
            "",
            "",
            login="admin",
            timeout=240,
            error_checker=lambda message: "[HOOT]" not in message,
            success_signal="[HOOT] Test suite succeeded",
        )
