import base64
import io

import xlsxwriter

from odoo import fields, models

from ...logic import target_sheet as sheet


class CrmKpiTargetImport(models.TransientModel):
    """The table to fill in."""

    _inherit = "crm.kpi.target.import"

    def action_template(self):
        """Download a table to fill in, with the employees and indicators of the scorecard."""
        self.ensure_one()
        self.env["crm.kpi.target"]._check_planning()
        self.write({"file": base64.b64encode(self._make_template()), "file_name": "targets.xlsx"})
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/targets.xlsx?download=true",
            "target": "download",
        }

    def _make_template(self):
        buffer = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(buffer, options) as book:
            page = book.add_worksheet()
            bold = book.add_format({"bold": True})
            for place, head in enumerate(self._get_heads().values()):
                page.write_string(0, place, head, bold)
            today = fields.Date.to_string(fields.Date.context_today(self))
            pairs = [
                (indicator, user)
                for user in self.card_id.user_ids
                for indicator in self.card_id.line_ids.indicator_id
            ]
            for number, (indicator, user) in enumerate(pairs, 1):
                page.write_string(number, 0, indicator.code)
                page.write_string(number, 1, user.login)
                page.write_string(number, 3, today)
                page.write_string(number, 4, self.card_id.period)
            page.set_column(0, len(sheet.COLUMNS), 18)
        return buffer.getvalue()
