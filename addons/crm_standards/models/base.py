from odoo import models


class Base(models.AbstractModel):
    """Records worth stealing are watched also where they are exported by way of others."""

    _inherit = "base"

    def export_data(self, fields_to_export):
        result = super().export_data(fields_to_export)
        if any("/" in path for path in fields_to_export):
            watch = self.env["crm.standard.safety.mixin"]
            watch._safety_note_paths(self, fields_to_export)
        return result
