from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...way import way_of
from .crm_complaint_stage import CLOSED_KINDS


class CrmComplaint(models.Model):
    """Moves from stage to stage: each is logged, and sets the dates that follow from it."""

    _inherit = "crm.complaint"

    date_answered = fields.Datetime(
        "Answered",
        readonly=True,
        copy=False,
        tracking=True,
        help="When the complaint came to an answered stage for the first time.",
    )
    date_closed = fields.Datetime(
        "Closed",
        readonly=True,
        copy=False,
        tracking=True,
        help="When the case ended. Empty while it is open, and again when it is reopened.",
    )

    @api.constrains("date_received", "date_answered", "date_closed")
    def _check_dates(self):
        for complaint in self:
            for date in filter(None, (complaint.date_answered, complaint.date_closed)):
                if date < complaint.date_received:
                    raise ValidationError(
                        self.env._(
                            "“%(complaint)s” cannot have been answered or closed before it was"
                            " received. Correct the time of receipt.",
                            complaint=complaint.display_name,
                        )
                    )

    @api.model
    def _default_stage_id(self):
        team = self.env["crm.team"].browse(self.env.context.get("default_team_id"))
        return self.env["crm.complaint.stage"]._get_first(team)

    @api.model
    def _read_group_stage_id(self, stages, domain):
        """Show all stages as columns of the board, those of other teams left out."""
        team_id = self.env.context.get("default_team_id")
        teams = [False, *([team_id] if team_id else [])]
        return stages.search(["|", ("id", "in", stages.ids), ("team_ids", "in", teams)])

    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create(vals_list)
        complaints._log_moves(dict.fromkeys(complaints.ids, self.env["crm.complaint.stage"]))
        return complaints

    def write(self, vals):
        if "stage_id" not in vals:
            return super().write(vals)
        before = {complaint.id: complaint.stage_id for complaint in self}
        result = super().write(vals)
        moved = self.filtered(lambda complaint: complaint.stage_id != before[complaint.id])
        moved._log_moves({complaint.id: before[complaint.id] for complaint in moved})
        return result

    def _log_moves(self, stages_before):
        """Log that these complaints moved, and set the dates that follow.

        :param stages_before: ``crm.complaint.stage`` by the id of the complaint; empty at birth
        """
        if not self:
            return
        # sudo: the log is written by the system, and stages say the same to everybody
        complaints = self.sudo()
        now, way = fields.Datetime.now(), way_of(self.env)
        complaints.env["crm.complaint.move"]._sealed_create(
            [
                {
                    "complaint_id": complaint.id,
                    "date": now,
                    "stage_from_id": stages_before[complaint.id].id,
                    "state_from": stages_before[complaint.id].sudo().kind,  # sudo: as above
                    "stage_to_id": complaint.stage_id.id,
                    "state_to": complaint.stage_id.kind,
                    "user_id": self.env.uid,
                    "way": way,
                }
                for complaint in complaints
            ]
        )
        complaints._follow_moves(now)
        gone_on = complaints.filtered(lambda complaint: stages_before[complaint.id])
        if gone_on:
            gone_on._follow_going_on(now)

    def _follow_going_on(self, now):
        """Hook: these complaints have gone from one stage to another at ``now``; runs in sudo."""

    def _follow_moves(self, now):
        """Hook: these complaints have moved to their stage at ``now``; runs in sudo."""
        answered = self.filtered(lambda c: c.state == "answered" and not c.date_answered)
        answered._write_facts({"date_answered": now})
        closed = self.filtered(lambda c: c.state in CLOSED_KINDS and not c.date_closed)
        closed._write_facts({"date_closed": now})
        reopened = self.filtered(lambda c: c.state not in CLOSED_KINDS and c.date_closed)
        reopened._write_facts({"date_closed": False})
