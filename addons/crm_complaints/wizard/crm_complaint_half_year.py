import base64
import io
from datetime import datetime

import pytz
import xlsxwriter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..logic.half_year import COLUMNS, FAST, LONG, bounds
from ..logic.sheet import safe_text

DAY = 86400


class CrmComplaintHalfYear(models.TransientModel):
    """The half-year table for a regulator as an XLSX file: a row for each category. For managers.

    From the report, so under the rights of whoever makes it; days begin in the company's time zone.
    """

    _name = "crm.complaint.half.year"
    _description = "Half-Year Table"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    year = fields.Integer(
        required=True, aggregator=None, default=lambda self: self._default_period()[0]
    )
    half = fields.Selection(
        [("1", "January to June"), ("2", "July to December")],
        "Half-Year",
        required=True,
        default=lambda self: self._default_period()[1],
    )
    file = fields.Binary(readonly=True, attachment=False)
    file_name = fields.Char(readonly=True)

    @api.model
    def _default_period(self):
        """Return the half-year that ended last."""
        today = fields.Date.context_today(self)
        return (today.year, "1") if today.month > 6 else (today.year - 1, "2")

    def action_make(self):
        """Make the file, and show the wizard again with it."""
        self.ensure_one()
        if not 2000 <= self.year <= 2100:
            raise UserError(self.env._("Enter a year between 2000 and 2100."))
        self.file = base64.b64encode(self._draw(self._get_rows()))
        self.file_name = f"complaints-{self.year}-{self.half}.xlsx"
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _get_bounds(self):
        """Return the first moment of the half-year and the first after it, in UTC."""
        zone = pytz.timezone(self.company_id.resource_calendar_id.tz or "UTC")

        def to_utc(moment: datetime) -> datetime:
            return zone.localize(moment).astimezone(pytz.utc).replace(tzinfo=None)

        start, end = bounds(self.year, int(self.half))
        return to_utc(start), to_utc(end)

    def _get_rows(self):
        """Return a row for each category and one of the sums, under the columns for good."""
        start, end = self._get_bounds()
        counted = {name: self._count(domain) for name, domain in self._get_domains(start, end)}
        in_time = dict(
            self._read(self._received(start, end), ["answered_in_time_percent:avg"], "category_id")
        )
        ((total_in_time,),) = self._read(
            self._received(start, end), ["answered_in_time_percent:avg"]
        )
        # the empty category stands for complaints that have none
        categories = {category for counts in counted.values() for category in counts}
        rows = []
        for category in sorted(categories, key=lambda one: (not one, one.complete_name or "")):
            figures = {name: counts.get(category, 0) for name, counts in counted.items()}
            figures["answered_in_time_percent"] = in_time.get(category)
            name = category.complete_name or self.env._("No category")
            rows.append([name, *(figures[column] for column in COLUMNS[1:])])
        total = {name: sum(counts.values()) for name, counts in counted.items()}
        total["answered_in_time_percent"] = total_in_time
        rows.append([self.env._("Total"), *(total[column] for column in COLUMNS[1:])])
        return rows

    def _received(self, start, end):
        return Domain("date_received", ">=", start) & Domain("date_received", "<", end)

    def _get_domains(self, start, end):
        """Yield the domain of each column that counts."""
        closed = Domain("date_closed", ">=", start) & Domain("date_closed", "<", end)
        fast, long = FAST.total_seconds() / DAY, LONG.total_seconds() / DAY
        days = "days_to_close"
        yield "open_before", Domain("date_received", "<", start) & self._open_at(start)
        yield "opened", self._received(start, end)
        yield "closed", closed
        yield "closed_3_days", closed & Domain(days, "<=", fast)
        yield "closed_8_weeks", closed & Domain(days, ">", fast) & Domain(days, "<=", long)
        yield "closed_later", closed & Domain(days, ">", long)
        yield "upheld", closed & Domain("outcome", "=", "upheld")
        yield "partly_upheld", closed & Domain("outcome", "=", "partly")
        yield "rejected", closed & Domain("outcome", "=", "rejected")
        yield "withdrawn", closed & Domain("outcome", "=", "withdrawn")
        yield "open_after", Domain("date_received", "<", end) & self._open_at(end)

    def _open_at(self, moment):
        return Domain("date_closed", "=", False) | Domain("date_closed", ">=", moment)

    def _count(self, domain):
        return dict(self._read(domain, ["__count"], "category_id"))

    def _read(self, domain, aggregates, *groups):
        domain = Domain("company_id", "=", self.company_id.id) & domain
        return self.env["crm.complaint.report"]._read_group(domain, groups, aggregates)

    def _get_titles(self):
        return [
            self.env._("Category"),
            self.env._("Open before"),
            self.env._("Opened"),
            self.env._("Closed"),
            self.env._("Closed within 3 days"),
            self.env._("Closed within 8 weeks"),
            self.env._("Closed later"),
            self.env._("Upheld"),
            self.env._("Partly upheld"),
            self.env._("Rejected"),
            self.env._("Withdrawn"),
            self.env._("Open after"),
            self.env._("Answered in time (%)"),
        ]

    def _draw(self, rows):
        """Return the rows as a file: names of columns for programs, titles for people, figures."""
        buffer = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(buffer, options) as book:
            sheet = book.add_worksheet(f"{self.year}-{self.half}")
            bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
            gray = book.add_format({"font_color": "#888888"})
            percent = book.add_format({"num_format": "0.0"})
            sheet.set_column(0, 0, 40)
            sheet.set_column(1, len(COLUMNS) - 1, 12)
            sheet.write_row(0, 0, COLUMNS, gray)
            sheet.write_row(1, 0, self._get_titles(), bold)
            for number, (name, *figures) in enumerate(rows, start=2):
                sheet.write_string(number, 0, safe_text(name))
                for column, figure in enumerate(figures, start=1):
                    if figure is not None:
                        sheet.write_number(
                            number, column, figure, percent if column == len(figures) else None
                        )
            sheet.freeze_panes(2, 1)
        return buffer.getvalue()
