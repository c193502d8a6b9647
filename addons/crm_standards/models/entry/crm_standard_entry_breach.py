from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from odoo import api, fields, models

from ...origin import ORIGINS


class EntryBreach(NamedTuple):
    """A gap that was made all the same: which line, on which record, of what kind."""

    line_id: int
    record: models.BaseModel
    kind: str


class CrmStandardEntryBreach(models.Model):
    """Data entered against the standard: by whom, where, when, and since when it is put right.

    A fact that nobody edits. Made once for each line and record, until the gap is closed; no unique
    index says so, because core's merge of contacts deletes what it cannot bring over.
    """

    _name = "crm.standard.entry.breach"
    _description = "Gap on Record"
    _inherit = ["crm.deadline.sealed"]
    _order = "date desc, id desc"
    _rec_name = "record_name"

    entry_id = fields.Many2one(
        "crm.standard.entry", string="Line", required=True, ondelete="restrict", readonly=True
    )
    standard_id = fields.Many2one(
        "crm.standard", required=True, ondelete="restrict", readonly=True, index=True
    )
    field_label = fields.Char(string="Field then", readonly=True)
    kind = fields.Selection(
        [("missing", "Missing"), ("malformed", "In another form")],
        string="What is wrong",
        required=True,
        readonly=True,
    )
    partner_id = fields.Many2one(
        "res.partner", string="Contact", ondelete="set null", readonly=True, index="btree_not_null"
    )
    lead_id = fields.Many2one(
        "crm.lead",
        string="Opportunity",
        ondelete="set null",
        readonly=True,
        index="btree_not_null",
    )
    record_name = fields.Char(string="Record then", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        readonly=True,
        index="btree_not_null",
        help="Who was responsible for the record at that moment.",
    )
    actor_id = fields.Many2one("res.users", string="Done by", readonly=True, index="btree_not_null")
    team_id = fields.Many2one(
        "crm.team", ondelete="set null", readonly=True, index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    origin = fields.Selection(ORIGINS, string="Came by", required=True, readonly=True)
    date = fields.Datetime(string="Detected", required=True, readonly=True, index=True)
    date_cured = fields.Datetime(
        string="Put right on", readonly=True, help="Since when the field is as the standard asks."
    )

    @api.model
    def _record(self, breaches: Iterable[EntryBreach], came_by: str) -> None:
        """Enter gaps; one that is open already is not doubled.

        :param came_by: a constant of :mod:`odoo.addons.crm_standards.origin`
        """
        register = self.with_env(self.env(su=True, context={"lang": self.env.lang}))
        breaches = list(breaches)
        for name in {breach.record._name for breach in breaches}:
            column = "partner_id" if name == "res.partner" else "lead_id"
            mine = [breach for breach in breaches if breach.record._name == name]
            opened = register.search(
                [
                    ("date_cured", "=", False),
                    ("entry_id", "in", [breach.line_id for breach in mine]),
                    (column, "in", [breach.record.id for breach in mine]),
                ]
            )
            known = {(breach.entry_id.id, breach[column].id) for breach in opened}
            register._sealed_create(
                [
                    register._prepare_breach(breach, column, came_by)
                    for breach in mine
                    if (breach.line_id, breach.record.id) not in known
                ]
            )

    @api.model
    def _cure(self, model: str, pairs: Iterable[tuple[int, int]]) -> None:
        """Note that these lines are kept by these records now."""
        pairs = set(pairs)
        column = "partner_id" if model == "res.partner" else "lead_id"
        register = self.with_env(self.env(su=True, context={}))
        cured = register.search(
            [
                ("date_cured", "=", False),
                ("entry_id", "in", list({line_id for line_id, _id in pairs})),
                (column, "in", list({record_id for _line, record_id in pairs})),
            ]
        ).filtered(lambda breach: (breach.entry_id.id, breach[column].id) in pairs)
        if cured:
            cured._sealed_write({"date_cured": self.env.cr.now()})

    @api.model
    def _prepare_breach(self, breach: EntryBreach, column: str, came_by: str) -> dict:
        """Return the values of a new line of the register."""
        # the register is complete, whatever its author may read
        line, record = self.env["crm.standard.entry"].browse(breach.line_id), breach.record.sudo()
        team = record.team_id if column == "lead_id" else record.user_id.sale_team_id
        return {
            "entry_id": line.id,
            "standard_id": line.standard_id.id,
            "field_label": line.name,
            "kind": breach.kind,
            column: record.id,
            "record_name": record.display_name,
            "user_id": record.user_id.id,
            "actor_id": self.env.uid,
            "team_id": team.id,
            "company_id": record.company_id.id,
            "origin": came_by,
            "date": self.env.cr.now(),
        }
