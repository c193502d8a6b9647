from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..words import tell_value
from .crm_kpi_watch import DEVIATION, SILENT, STAGE, TREND, ZONE

OPEN, OVER, CLOSED = "open", "over", "closed"
STATES = [(OPEN, "Open"), (OVER, "Gone by Itself"), (CLOSED, "Closed")]
#: What people write; all else is found by the job, or set by buttons.
WRITTEN = {"cause", "owner_id", "date_deadline"}
AFTERWARDS = {"message_follower_ids", "message_ids", "message_main_attachment_id"}


class CrmKpiIncident(models.Model):
    """Something that is not as it should be: one of it, however often it is seen.

    It stays the same incident as long as it goes on. When it is gone by itself it says so; its
    owner closes it with the cause.
    """

    _name = "crm.kpi.incident"
    _description = "Incident"
    _inherit = ["mail.thread", "crm.kpi.whose"]
    _order = "badness desc, id desc"
    _rec_name = "rule_id"

    rule_id = fields.Many2one(
        "crm.kpi.watch", required=True, readonly=True, ondelete="restrict", index=True
    )
    kind = fields.Selection(related="rule_id.kind")
    note = fields.Text(related="rule_id.note")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    key = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Employee", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    team_id = fields.Many2one(
        "crm.team", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    stage_id = fields.Many2one("crm.stage", readonly=True, ondelete="set null")
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, ondelete="set null", index="btree_not_null"
    )
    indicator_id = fields.Many2one("crm.kpi.indicator", readonly=True, ondelete="set null")
    card_id = fields.Many2one("crm.kpi.card", "Scorecard", readonly=True, ondelete="set null")
    since = fields.Date("Period from", readonly=True)
    until = fields.Date("Period to", readonly=True)
    value = fields.Float(readonly=True, digits=0, aggregator=None)
    limit_value = fields.Float("Limit", readonly=True, digits=0, aggregator=None)
    badness = fields.Float(
        "How Bad", readonly=True, digits=(4, 2), aggregator="max", help="1 is just beyond."
    )
    text = fields.Char("What It Is", compute="_compute_text")
    state = fields.Selection(
        STATES, required=True, readonly=True, default=OPEN, tracking=True, index=True
    )
    owner_id = fields.Many2one(
        "res.users", tracking=True, index="btree_not_null", domain=[("share", "=", False)]
    )
    date_found = fields.Datetime("Found on", required=True, readonly=True)
    date_seen = fields.Datetime("Seen Last", readonly=True)
    date_over = fields.Datetime("Gone on", readonly=True)
    date_deadline = fields.Date("Term", tracking=True)
    cause = fields.Text(tracking=True, help="Why it came to this, and what is done about it.")
    closed_user_id = fields.Many2one("res.users", "Closed by", readonly=True)
    date_closed = fields.Datetime("Closed on", readonly=True)

    _once = models.UniqueIndex("(rule_id, key) WHERE date_over IS NULL")
    _open_idx = models.Index("(company_id, badness) WHERE state = 'open'")

    @api.constrains("owner_id")
    def _check_owner(self):
        for incident in self:
            if incident.user_id and incident.owner_id == incident.user_id:
                raise ValidationError(
                    self.env._(
                        "%(incident)s: somebody else than %(user)s looks into it.",
                        incident=incident.text,
                        user=incident.user_id.sudo().name,  # a name, of whom it is about
                    )
                )

    @api.depends(
        "kind",
        "value",
        "limit_value",
        "user_id",
        "team_id",
        "partner_id",
        "stage_id",
        "card_id.name",
    )
    @api.depends_context("lang")
    def _compute_text(self):
        for incident in self:
            incident.text = incident._tell()

    def _tell(self):
        """Hook: return in words what was found."""
        self.ensure_one()
        # sudo: names only, and figures of an incident that the user may see
        incident = self.sudo()
        unit, currency = incident.indicator_id.unit, incident.company_id.currency_id
        words = {
            "value": tell_value(self.env, self.value, unit, currency),
            "limit": tell_value(self.env, self.limit_value, unit, currency),
            "indicator": incident.indicator_id.name or "",
            "stage": incident.stage_id.name or "",
            "customer": incident.partner_id.name or "",
            "day": format_date(self.env, self.since) if self.since else "",
        }
        told = {
            ZONE: self.env._("Score %(value)s %% (yellow begins at %(limit)s %%)", **words),
            TREND: self.env._("%(indicator)s has become worse: %(limit)s → %(value)s", **words),
            DEVIATION: self.env._(
                "%(indicator)s is %(value)s, usually it is about %(limit)s", **words
            ),
            STAGE: self.env._("%(value)s %% of the opportunities are in “%(stage)s”", **words),
            SILENT: self.env._("%(customer)s: no contact for %(value)s days", **words),
        }
        text = told.get(self.kind, "")
        return f"{incident.card_id.name}: {text}" if incident.card_id else text

    @api.model_create_multi
    def create(self, vals_list):
        raise UserError(self.env._("Incidents are found by the job, by the rules of incidents."))

    def write(self, vals):
        if vals.keys() - WRITTEN - AFTERWARDS:
            raise UserError(
                self.env._("What was found stays. Note the cause, and close it by its button.")
            )
        return super().write(vals)

    # pylint: disable=super-method-mismatch; going round our own refusals is the point below

    @api.model
    def _create_found(self, vals_list):
        return super().create(vals_list)

    def _write_found(self, vals):
        return super().write(vals)
