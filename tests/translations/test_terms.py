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
        """Terms of an add-on as Odoo exports them now, whatever is installed beside it."""
        buffer = io.BytesIO()
        trans_export(False, [name], buffer, "po", self.env)
        addon = self.env["ir.module.module"].search([("name", "=", name)])
        below = addon.upstream_dependencies(exclude_states=("uninstallable",))
        known = {name, "base", *below.mapped("name")}
        entries = polib.pofile(buffer.getvalue().decode())
        return {entry.msgid for entry in entries if not self.is_neighbors(entry, known)}

    def is_neighbors(self, entry, known):
        """Whether a term is there because a module the add-on does not know extends its models."""
        return all(
            place.startswith("model:ir.model.fields,")
            and not self.definers(self.env.ref(place.rpartition(":")[2])) & known
            for place, _line in entry.occurrences
        )

    def definers(self, field):
        """Modules that define a field, or extend it, on its model or on a mixin of it."""
        classes = self.env.registry[field.model].mro()
        return {
            definition._module or "base"  # the ORM's own: id, display_name
            for definition in classes
            for known in vars(definition).get("_field_definitions", ())
            if known.name == field.name
        } or {"base"}  # added by the ORM: create_date and its like

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
