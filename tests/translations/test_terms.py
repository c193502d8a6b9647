"""The translation template of each add-on holds exactly the terms that Odoo finds in it."""

import io
from pathlib import Path

import polib

from odoo.modules.module import get_module_path
from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export

ADDONS = Path(__file__).resolve().parents[2] / "addons"


@tagged("post_install", "-at_install")
class TestTerms(TransactionCase):
    """Fresh templates: a term nobody exported is a term nobody translates."""

    def exported(self, name):
        """Terms of an add-on as Odoo exports them now."""
        buffer = io.BytesIO()
        trans_export(False, [name], buffer, "po", self.env)
        return {entry.msgid for entry in polib.pofile(buffer.getvalue().decode())}

    def test_templates_are_fresh(self):
        modules = self.env["ir.module.module"].search([("state", "=", "installed")])
        ours = [name for name in modules.mapped("name") if (ADDONS / name).is_dir()]

        for name in ours:
            path = Path(get_module_path(name)) / "i18n" / f"{name}.pot"
            written = {e.msgid for e in polib.pofile(str(path))} if path.exists() else set()
            with self.subTest(addon=name):
                self.assertEqual(
                    self.exported(name),
                    written,
                    f"export anew: odoo i18n export -c CONFIG -d DB {name}",
                )
