import base64
import binascii
import csv
import io
import re

from odoo import fields, models
from odoo.exceptions import UserError

from ..logic import migration
from ..logic.sheet import safe_text

#: Messages shown at once; more help nobody.
SHOWN = 20
#: Dates that a complaint must have; where the other program kept none, it is now.
NEEDED = frozenset({"date_received"})


class CrmComplaintTakeOver(models.TransientModel):
    """Takes complaints over from another program, or from a table of one's own. For managers.

    The other add-on need not be here: its list is exported there to CSV (columns by technical name
    or English label), and imported here by Odoo's own import. Rows that are here already are left
    alone, so that a file can be imported again.
    """

    _name = "crm.complaint.take.over"
    _description = "Take Complaints Over"

    source = fields.Selection(
        [
            (migration.OWN, "Own template"),
            (migration.CLAIM, "Claims (crm_claim)"),
            (migration.TICKET, "Tickets (helpdesk_mgmt)"),
            (migration.NONCONFORMITY, "Nonconformities (mgmtsystem_nonconformity)"),
        ],
        "From",
        required=True,
        default=migration.OWN,
    )
    file = fields.Binary("CSV File", attachment=False)
    file_name = fields.Char()
    template = fields.Binary(readonly=True, attachment=False)
    template_name = fields.Char(readonly=True)
    result = fields.Text(readonly=True)

    def action_template(self):
        """Offer an empty table with the columns that are understood."""
        self.ensure_one()
        names: dict[str, str] = {}
        for name, column in migration.SOURCES[self.source].names.items():
            names.setdefault(column, name)  # technical names stand before labels
        self.template = base64.b64encode(",".join(map(safe_text, names.values())).encode() + b"\n")
        self.template_name = f"{self.source}.csv"
        return self._show_again()

    def action_import(self):
        """Import the file: all rows or none."""
        self.ensure_one()
        complaints = self.env["crm.complaint"]
        complaints.check_access("create")
        taken = self._read_file()
        columns, rows, known = self._prepare(taken)
        lines = []
        if rows:
            outcome = complaints.with_context(import_file=True).load(columns, rows)
            if not outcome["ids"]:
                raise UserError(self._describe(outcome["messages"]))
            lines.append(self.env._("%(count)s complaints taken over.", count=len(rows)))
        if known:
            lines.append(self.env._("%(count)s were here already.", count=known))
        if taken.left_out:
            lines.append(
                self.env._("Columns left out: %(names)s.", names=", ".join(taken.left_out))
            )
        self.result = "\n".join(lines) or self.env._("The file holds no rows.")
        return self._show_again()

    def _read_file(self):
        """Return the rows of the file under our columns.

        :raise UserError: no file, or none that can be read
        """
        try:
            text = base64.b64decode(self.file or b"").decode("utf-8-sig")
        except (UnicodeDecodeError, binascii.Error) as error:
            raise UserError(
                self.env._("The file cannot be read. Save it as CSV in UTF-8.")
            ) from error
        if not text.strip() or "\0" in text:
            raise UserError(self.env._("Choose a CSV file with a line of column names."))
        header = text.splitlines()[0]
        delimiter = max(",;\t", key=header.count)
        try:
            first, *rows = csv.reader(io.StringIO(text), delimiter=delimiter)
        except csv.Error as error:
            raise UserError(
                self.env._("The file cannot be read. Save it as CSV in UTF-8.")
            ) from error
        taken = migration.take_over(self.source, first, rows)
        if len(taken.columns) < 2:
            raise UserError(
                self.env._(
                    "None of the columns is known: %(names)s. Compare them with the template.",
                    names=", ".join(first[:SHOWN]),
                )
            )
        return taken

    def _prepare(self, taken):
        """Return columns and rows for the import, and how many rows are here already."""
        columns = list(taken.columns)
        place = {name: number for number, name in enumerate(columns)}
        rows, known, now = [], 0, fields.Datetime.to_string(fields.Datetime.now())
        kept_id = "id" in place or "reference" in place
        for row in taken.rows:
            values = dict(zip(columns, row, strict=True))
            if kept_id:
                values["id"] = self._make_id(values.get("id") or values.get("reference"))
                if values["id"] and self.env.ref(values["id"], raise_if_not_found=False):
                    known += 1
                    continue
            if "stage_id" in place:
                values["stage_id"] = self._find_stage(values["stage_id"])
            values.update({name: values.get(name) or now for name in place.keys() & NEEDED})
            rows.append(values)
        names = list(dict.fromkeys([*(["id"] if kept_id else []), *columns]))
        titles = ["stage_id/.id" if name == "stage_id" else name for name in names]
        return titles, [[str(values.get(name) or "") for name in names] for values in rows], known

    def _make_id(self, text):
        """Return the external id of a row of another program."""
        text = re.sub(r"\W+", "_", text or "")
        return f"__import__.complaint_{self.source}_{text}" if text else ""

    def _find_stage(self, name):
        """Return the id of our stage of a name, else of the first that means the same."""
        stages = self.env["crm.complaint.stage"]
        kind = migration.meaning(migration.SOURCES[self.source], name)
        found = stages.search([("name", "=ilike", name)], limit=1) if name else stages
        for wanted in (kind, "open", "new"):  # a company need not have a stage of each meaning
            found = found or stages.search([("kind", "=", wanted)], limit=1)
        return found.id

    def _describe(self, messages):
        """Say by row why an import was refused."""
        lines = []
        for message in messages[:SHOWN]:
            row = message.get("rows", {}).get("from", message.get("record", 0))
            lines.append(
                self.env._("Row %(row)s: %(message)s", row=row + 2, message=message["message"])
            )
        more = len(messages) - SHOWN
        if more > 0:
            lines.append(self.env._("… and %(count)s more.", count=more))
        return "\n".join(lines)

    def _show_again(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
