import io

import xlsxwriter

from odoo import models


class CrmKpiCard(models.Model):
    """The board as a spreadsheet, with what the user may see and nothing else."""

    _inherit = "crm.kpi.card"

    def _make_sheet(self, back):
        """Return the board as an XLSX file."""
        self.ensure_one()
        board = self._tell_board(self._check_back(back))
        stream = io.BytesIO()
        # names of people are no formulas
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(stream, options) as book:
            sheet = book.add_worksheet(self.env._("Standing"))
            bold, number = book.add_format({"bold": True}), book.add_format({"num_format": "0.0"})
            for place, word in enumerate(self._get_sheet_head(board)):
                sheet.write(0, place, word, bold)
            rows = [row for team in board["teams"] for row in team["rows"]]
            for height, row in enumerate(rows, 1):
                for place, cell in enumerate(self._get_sheet_row(row)):
                    if cell is not None:  # no value is an empty cell, never 0
                        sheet.write(height, place, cell, number)
            sheet.set_column(0, 1, 24)
            sheet.freeze_panes(1, 2)
        return stream.getvalue()

    def _get_sheet_head(self, board):
        head = [
            self.env._("Team"),
            self.env._("Employee"),
            self.env._("Score (%)"),
            self.env._("Bonus"),
        ]
        for line in board["lines"]:
            head += [line["name"], self.env._("%(line)s: score (%%)", line=line["name"])]
        return head

    def _get_sheet_row(self, row):
        cells = [row["team"], row["name"], row["score"], row["bonus"]]
        for line in row["lines"]:
            cells += [line["value"], line["score"]]
        return cells
