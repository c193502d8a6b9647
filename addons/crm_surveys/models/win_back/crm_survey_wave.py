from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..survey.survey_survey import MANAGER, OURS
from ..trigger.crm_survey_trigger import read_domain

SILENT, LOST = "silent", "lost"
#: Ten years: beyond it nobody is won back.
MAX_DAYS = 3650
#: What the deeds write, and nobody else.
STATE = frozenset({"state", "date_started"})
#: Who was chosen, and how: it stays as it was when the wave started.
CHOICE = frozenset(
    {"company_id", "survey_id", "criterion", "days", "domain", "limit_count", "channel"}
)


class CrmSurveyWave(models.Model):
    """A wave of calls or mails to customers who no longer buy, and what came of it."""

    _name = "crm.survey.wave"
    _description = "Wave to Lost Customers"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    survey_id = fields.Many2one(
        "survey.survey",
        required=True,
        ondelete="restrict",
        domain=[("survey_type", "=", OURS)],
        check_company=True,
        index=True,
    )
    criterion = fields.Selection(
        [(SILENT, "Bought, and no more"), (LOST, "Deal lost")],
        "Whom",
        required=True,
        default=SILENT,
        help="Bought, and no more: the last purchase is older than the days. Deal lost: in the "
        "last days, and nothing bought since.",
    )
    days = fields.Integer(required=True, default=180)
    domain = fields.Char("Only Customers", default="[]")
    limit_count = fields.Integer("At Most", default=100, help="Those of the largest sum first.")
    channel = fields.Selection(
        [("phone", "Phone"), ("mail", "E-mail")], required=True, default="phone"
    )
    offer = fields.Text(
        "What We Offer",
        help="For the interviewer, after the questions. {customer}, {company} and {interviewer} "
        "are filled in.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("done", "Done")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    date_started = fields.Datetime("Started on", readonly=True, copy=False)
    win_back_ids = fields.One2many("crm.survey.win.back", "wave_id", "Customers", readonly=True)
    asked_count = fields.Integer("To Be Asked", compute="_compute_counts")
    contacted_count = fields.Integer("Contacted", compute="_compute_counts")
    fixed_count = fields.Integer("Cause Fixed", compute="_compute_counts")
    bought_count = fields.Integer("Bought Again", compute="_compute_counts")
    bought_amount = fields.Monetary("Bought for", compute="_compute_counts")

    @api.depends("win_back_ids")
    @api.depends_context("uid")
    def _compute_counts(self):
        rows = self.env["crm.survey.win.back"]._read_group(
            [("wave_id", "in", self.ids)],
            ["wave_id"],
            [
                "__count",
                "date_contacted:count",
                "date_fixed:count",
                "date_bought:count",
                "bought_amount:sum",
            ],
        )
        counts = {wave.id: figures for wave, *figures in rows}
        for wave in self:
            (
                wave.asked_count,
                wave.contacted_count,
                wave.fixed_count,
                wave.bought_count,
                wave.bought_amount,
            ) = counts.get(wave.id, (0, 0, 0, 0, 0.0))

    @api.constrains("days", "limit_count")
    def _check_bounds(self):
        for wave in self:
            if not (1 <= wave.days <= MAX_DAYS and 1 <= wave.limit_count <= 10000):
                raise ValidationError(
                    self.env._(
                        "%(wave)s: give 1 to %(days)s days, and at most 10000 customers.",
                        wave=wave.name,
                        days=MAX_DAYS,
                    )
                )

    @api.constrains("domain")
    def _check_domain(self):
        for wave in self:
            try:
                # a wrong value makes the database refuse: what was done before stays
                with self.env.cr.savepoint(flush=False):
                    self.env["res.partner"].search(read_domain(wave.domain), limit=1)
            except AccessError:
                raise
            except Exception as error:  # a condition may be wrong in any way
                raise ValidationError(
                    self.env._(
                        "%(wave)s: this condition on customers is not understood. Choose it anew.",
                        wave=wave.name,
                    )
                ) from error

    @api.model_create_multi
    def create(self, vals_list):
        # said here, so that no default of a context says it
        birth = {"state": "draft", "date_started": False}
        return super().create([{**vals, **birth} for vals in vals_list])

    def write(self, vals):
        if STATE & vals.keys():
            raise UserError(
                self.env._("A wave is started and ended by its buttons: use Start or End.")
            )
        if CHOICE & vals.keys() and (started := self.filtered(lambda one: one.state != "draft")):
            raise UserError(
                self.env._(
                    "%(wave)s has started: whom it is for stays as it is. Make another wave.",
                    wave=started[0].name,
                )
            )
        return super().write(vals)

    def _write_state(self, vals):
        """Bring it into another state. For the deeds only."""
        # pylint: disable=super-method-mismatch; going round our own refusal is the point
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        for wave in self:
            if wave.state != "draft":
                raise UserError(
                    self.env._(
                        "%(wave)s has asked customers: end it instead of deleting it.",
                        wave=wave.name,
                    )
                )

    def action_start(self):
        """Choose the customers, and ask those who may be asked."""
        self._check_manager()
        wave = self.sudo()  # sudo: managers of surveys need not be allowed to write invitations
        if wave.state != "draft":
            raise UserError(self.env._("%(wave)s has been started already.", wave=wave.name))
        if not wave.survey_id.active or wave.survey_id.survey_type != OURS:
            raise UserError(
                self.env._(
                    "The survey %(survey)s is closed: open it again or choose another one.",
                    survey=wave.survey_id.title,
                )
            )
        candidates = self._get_candidates()
        if not candidates:
            raise UserError(
                self.env._("No customer is like that: change the days or the condition.")
            )
        invitations = wave.env["crm.survey.invitation"]._invite(candidates)
        wave._write_state({"state": "running", "date_started": fields.Datetime.now()})
        asked = invitations.filtered(lambda one: one.state != "not_sent")
        wave.env["crm.survey.win.back"].create(
            [{"wave_id": wave.id, "invitation_id": one.id} for one in asked]
        )
        if wave.channel == "phone":
            wave.env.ref("crm_surveys.crm_survey_call_cron")._trigger()
        return True

    def action_done(self):
        """Ask nobody else of this wave; what has come of it is still counted."""
        self._check_manager()
        wave = self.sudo()  # sudo: as above
        if wave.state != "running":
            raise UserError(self.env._("%(wave)s is not running.", wave=wave.name))
        wave._write_state({"state": "done"})
        unsent = fields.Domain("wave_id", "=", wave.id)
        wave.env["crm.survey.invitation"]._withdraw(unsent, "canceled")
        return True

    def action_open_customers(self):
        """Show the customers of the wave."""
        if len(self) != 1:
            raise UserError(self.env._("Open one wave."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_surveys.crm_survey_win_back_action"
        )
        return {**action, "domain": [("wave_id", "=", self.id)], "context": {}}

    def action_open_invitations(self):
        """Show who was meant to be asked, with the reason where somebody was not."""
        if len(self) != 1:
            raise UserError(self.env._("Open one wave."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_surveys.crm_survey_invitation_action"
        )
        return {**action, "domain": [("wave_id", "=", self.id)], "context": {}}

    def _check_manager(self):
        if len(self) != 1:
            raise UserError(self.env._("Open one wave."))
        self.check_access("write")
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Waves are started and ended by managers of surveys."))
