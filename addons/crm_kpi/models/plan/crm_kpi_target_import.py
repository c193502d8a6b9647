import base64
import io
import zipfile
from dataclasses import dataclass
from itertools import islice

import openpyxl
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...logic import target_sheet as sheet
from ..indicator.crm_kpi_target import PERIODS

#: Larger files are no plan of anybody.
MOST_BYTES, MOST_UNPACKED, MOST_ROWS = 2_000_000, 50_000_000, 5_000
#: No sheet is longer, whatever a file says of itself.
LAST_ROW = 1_048_576
SHOWN = 20


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row of the file."""

    number: int
    words: str


class CrmKpiTargetImport(models.TransientModel):
    """Targets are read from a table: looked at first, drafted all together or not at all."""

    _name = "crm.kpi.target.import"
    _description = "Import Targets"

    card_id = fields.Many2one(
        "crm.kpi.card",
        "Scorecard",
        ondelete="cascade",
        help="Its employees and indicators fill the template.",
    )
    file = fields.Binary("XLSX File", attachment=False)
    file_name = fields.Char()
    report = fields.Html("What Is in It", compute="_compute_report")
    is_sound = fields.Boolean(compute="_compute_report")

    @api.depends("file")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_report(self):
        for wizard in self:
            vals_list, faults = wizard._read() if wizard.file else ([], [])
            wizard.is_sound = bool(vals_list) and not faults
            wizard.report = wizard._tell(vals_list, faults) if wizard.file else False

    def _tell(self, vals_list, faults):
        if not faults:
            return Markup('<div class="text-success">%s</div>') % self.env._(
                "%(count)s targets can be drafted.", count=len(vals_list)
            )
        lines = Markup().join(
            Markup("<li>%s</li>")
            % self.env._("Row %(row)s: %(fault)s", row=fault.number, fault=fault.words)
            for fault in faults[:SHOWN]
        )
        head = self.env._(
            "Nothing is drafted as long as %(count)s rows are wrong:", count=len(faults)
        )
        return Markup('<div class="text-danger">%s<ul>%s</ul></div>') % (head, lines)

    def action_import(self):
        """Draft all targets of the file."""
        self.ensure_one()
        targets = self.env["crm.kpi.target"]
        targets._check_planning()
        vals_list, faults = self._read() if self.file else ([], [])
        if faults or not vals_list:
            raise UserError(
                self.env._("There is nothing to draft. Choose a file without wrong rows.")
            )
        return targets._open_drafts(targets._draft(vals_list))

    # ---- reading ------------------------------------------------------------------------------

    def _read(self):
        """Return values of targets, and what is wrong in which row."""
        try:
            rows = self._read_rows()
        except ValidationError as error:
            return [], [Fault(MOST_ROWS + 2, error.args[0])]
        except Exception as error:  # whatever may be in a file
            return [], [Fault(1, self.env._("This is no XLSX file: %(error)s", error=error))]
        known, vals_list, faults = self._get_known(), [], []
        for number, cells in enumerate(rows, 2):
            if sheet.is_empty(cells):
                continue
            try:
                vals_list.append(self._prepare_target(sheet.read(cells), known))
            except sheet.CellError as error:
                faults.append(Fault(number, self._tell_cell(error)))
            except ValidationError as error:
                faults.append(Fault(number, error.args[0]))
        return vals_list, faults + self._find_doubles(vals_list)

    def _read_rows(self):
        """Return the rows below the head; a file that unpacks to no end is not unpacked.

        One with too many rows is refused: some of them read would look like all of them.
        """
        # the file itself, also where a form asks for its size only
        content = base64.b64decode(self.with_context(bin_size=False).file)
        if len(content) > MOST_BYTES:
            raise ValueError(self.env._("too large"))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise ValueError(self.env._("too large"))
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            page = book.worksheets[0]
            rows = page.iter_rows(
                min_row=2, max_row=LAST_ROW, max_col=len(sheet.COLUMNS), values_only=True
            )
            found = list(islice(rows, MOST_ROWS))
            if not all(map(sheet.is_empty, rows)):
                raise ValidationError(
                    self.env._(
                        "more than %(count)s rows: divide them into several files",
                        count=MOST_ROWS,
                    )
                )
            return found
        finally:
            book.close()

    def _get_known(self):
        """Return indicators by code and name, employees by login, teams by name.

        A name that several have leads to ``None``: nobody guesses which one was meant.
        """
        # pylint: disable=no-search-all; a handful of indicators
        indicators = self.env["crm.kpi.indicator"].search([])
        users = self.env["res.users"].search([("share", "=", False)])
        periods = dict(
            self.env["crm.kpi.target"]._fields["period"]._description_selection(self.env)
        )
        return {
            sheet.INDICATOR: self._index_names(indicators)
            | {i.code.lower(): i for i in indicators},
            sheet.EMPLOYEE: {user.login.lower(): user for user in users},
            sheet.TEAM: self._index_names(self.env["crm.team"].search([])),
            sheet.PERIOD: {kind: kind for kind, _label in PERIODS}
            | {label.lower(): kind for kind, label in periods.items()},
        }

    @api.model
    def _index_names(self, records):
        groups = records.grouped(lambda record: record.name.lower())
        return {name: found if len(found) == 1 else None for name, found in groups.items()}

    def _prepare_target(self, row, known):
        """Return the values of a target; what is not known here is told by its column."""
        found = {
            column: self._find(column, word, known[column]) for column, word in row.words.items()
        }
        numbers = {name: row.numbers[name] or 0.0 for name in sheet.NUMBERS}
        vals = {
            "indicator_id": found[sheet.INDICATOR].id,
            "company_id": self.env.company.id,
            "user_id": found[sheet.EMPLOYEE].id if found[sheet.EMPLOYEE] else False,
            "team_id": found[sheet.TEAM].id if found[sheet.TEAM] else False,
            "period": found[sheet.PERIOD] or "month",
            "date_from": row.day,
            "has_stretch": row.numbers[sheet.STRETCH] is not None,
            **numbers,
        }
        self.env["crm.kpi.target"].new(vals)._check_rest()
        return vals

    def _find(self, column, word, known):
        if word is None:
            return None
        if word.lower() not in known:
            raise sheet.CellError(column, word)
        if known[word.lower()] is None:
            raise ValidationError(
                self.env._(
                    "%(column)s: several are called “%(found)s”. Rename one of them; an indicator "
                    "can be written by its code as well.",
                    column=self._get_heads()[column],
                    found=word,
                )
            )
        return known[word.lower()]

    def _find_doubles(self, vals_list):
        """Return a fault where two rows ask something of the same subject in the same period."""
        places = [self.env["crm.kpi.target"]._get_place(vals) for vals in vals_list]
        if len(set(places)) == len(places):
            return []
        return [Fault(1, self.env._("two rows are for the same employee, indicator and period"))]

    def _tell_cell(self, error):
        names = self._get_heads()
        words = {"column": names[error.column], "found": error.found}
        if error.found == "":
            return self.env._("%(column)s is missing", **words)
        return self.env._("%(column)s: “%(found)s” is not known or cannot be read", **words)

    def _get_heads(self):
        """Return the heads of the columns in the language of the user."""
        return {
            sheet.INDICATOR: self.env._("Indicator"),
            sheet.EMPLOYEE: self.env._("Employee (login)"),
            sheet.TEAM: self.env._("Team"),
            sheet.FROM: self.env._("From"),
            sheet.PERIOD: self.env._("Period"),
            sheet.MINIMUM: self.env._("Minimum"),
            sheet.TARGET: self.env._("Target"),
            sheet.STRETCH: self.env._("Stretch Target"),
            sheet.UPPER: self.env._("Up to"),
            sheet.TOLERANCE: self.env._("Tolerance"),
            sheet.WEIGHT: self.env._("Weight"),
        }
