from __future__ import annotations

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ...logic.dry_run import MOST_RULES, percent


class CrmStandardDryRun(models.Model):
    """What a standard would have done to the moves of the past, had it been in force.

    A result, kept as it was found: nobody edits it. It judges each move by itself; what people
    would have done instead of a move that had been stopped, nobody knows.
    """

    _name = "crm.standard.dry.run"
    _description = "Dry Run of a Standard"
    _inherit = ["crm.deadline.sealed"]
    _order = "id desc"

    standard_id = fields.Many2one(
        "crm.standard", required=True, ondelete="cascade", readonly=True, index=True
    )
    rule_id = fields.Many2one(
        "crm.standard.rule",
        ondelete="cascade",
        readonly=True,
        index="btree_not_null",
        help="The only rule that was tried; empty: all rules of the standard.",
    )
    company_ids = fields.Many2many(
        "res.company", readonly=True, help="Whose moves were looked at: those of the author then."
    )
    user_id = fields.Many2one("res.users", string="Tried by", readonly=True)
    date = fields.Datetime(string="Tried on", readonly=True)
    date_from = fields.Datetime(string="Moves since", readonly=True)
    days = fields.Integer(string="Last days", readonly=True)
    move_count = fields.Integer(string="Moves", readonly=True)
    stopped_count = fields.Integer(string="Stopped", readonly=True)
    recorded_count = fields.Integer(string="Recorded", readonly=True)
    advised_count = fields.Integer(string="Advised", readonly=True)
    late_count = fields.Integer(string="Stayed too long", readonly=True)
    unsure_count = fields.Integer(
        string="Not exactly known",
        readonly=True,
        help="Moves judged by what the deal looks like today, because the log does not know which"
        " fields were filled then.",
    )
    stopped_deal_count = fields.Integer(string="Deals stopped", readonly=True)
    stopped_won_count = fields.Integer(
        string="of them won", readonly=True, help="Deals that were stopped once, and are won."
    )
    kept_closed_count = fields.Integer(readonly=True)
    kept_won_count = fields.Integer(readonly=True)
    broken_closed_count = fields.Integer(readonly=True)
    broken_won_count = fields.Integer(readonly=True)
    kept_won_percent = fields.Float(
        string="Won where it was kept",
        compute="_compute_won_percent",
        help="Share of won deals among the closed ones that broke no rule.",
    )
    broken_won_percent = fields.Float(
        string="Won where it was not",
        compute="_compute_won_percent",
        help="Share of won deals among the closed ones that broke a rule.",
    )
    note = fields.Text(string="What the figures do not say", readonly=True)
    summary = fields.Char(compute="_compute_summary")
    line_ids = fields.One2many("crm.standard.dry.run.line", "run_id", readonly=True)
    total_ids = fields.One2many("crm.standard.dry.run.total", "run_id", readonly=True)
    line_count = fields.Integer(compute="_compute_line_count")
    finding_count = fields.Integer(compute="_compute_line_count")

    @api.depends("standard_id", "rule_id", "days")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for run in self:
            name = run.rule_id.display_name or run.standard_id.display_name
            run.display_name = self.env._("%(name)s, last %(days)s days", name=name, days=run.days)

    @api.depends("kept_won_count", "kept_closed_count", "broken_won_count", "broken_closed_count")
    def _compute_won_percent(self):
        for run in self:
            run.kept_won_percent = percent(run.kept_won_count, run.kept_closed_count)
            run.broken_won_percent = percent(run.broken_won_count, run.broken_closed_count)

    @api.depends("move_count", "stopped_count", "recorded_count", "stopped_won_count", "late_count")
    @api.depends_context("lang")
    def _compute_summary(self):
        for run in self:
            run.summary = self.env._(
                "In the last %(days)s days it would have stopped %(stopped)s of %(moves)s moves and"
                " recorded %(recorded)s; %(won)s of the stopped deals were won. Too long in a"
                " stage: %(late)s.",
                days=run.days,
                stopped=run._format(run.stopped_count),
                moves=run._format(run.move_count),
                recorded=run._format(run.recorded_count),
                won=run._format(run.stopped_won_count),
                late=run._format(run.late_count),
            )

    def _compute_line_count(self):
        lines = self.env["crm.standard.dry.run.line"]._read_group(
            [("run_id", "in", self.ids)], ["run_id"], ["__count"]
        )
        totals = self.env["crm.standard.dry.run.total"]._read_group(
            [("run_id", "in", self.ids)], ["run_id"], ["finding_count:sum"]
        )
        shown, found = dict(lines), dict(totals)
        for run in self:
            run.line_count = shown.get(run, 0)
            run.finding_count = found.get(run, 0)

    def action_view_lines(self):
        """Open the list of what was found."""
        return self._open("crm_standards.crm_standard_dry_run_line_action")

    def action_view_totals(self):
        """Open what was found, by rule, team and person."""
        return self._open("crm_standards.crm_standard_dry_run_total_action")

    def _open(self, xmlid):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return {**action, "domain": [("run_id", "=", self.id)], "context": {}}

    def _format(self, number: int) -> str:
        """Return a number as the user writes it."""
        return formatLang(self.env, number, digits=0)

    @api.model
    def _try(self, standard, rules, days: int):
        """Try rules of one standard on the moves of the last days and return the result.

        Whether the standard is in force now, and since when, does not matter: it is taken as if it
        had been in force all the time.

        :param rules: ``crm.standard.rule``, all of ``standard``
        :raise AccessError: for whoever may not see results
        :raise UserError: for a period that is no period
        """
        self.check_access("read")
        if not 1 <= days <= 3660:
            raise UserError(self.env._("Choose between 1 day and ten years of history."))
        if len(rules) > MOST_RULES:
            raise UserError(
                self.env._(
                    "At most %(most)s rules are tried at once. Take some out and try them next.",
                    most=MOST_RULES,
                )
            )
        now = fields.Datetime.now()
        # sudo: nobody may write results, neither the author; what he may see is asked in his name
        runs = self.sudo()._sealed_create(
            [
                {
                    "standard_id": standard.id,
                    "rule_id": rules.id if len(rules) == 1 else False,
                    "company_ids": [fields.Command.set(self.env.companies.ids)],
                    "user_id": self.env.uid,
                    "date": now,
                    "date_from": now - timedelta(days=days),
                    "days": days,
                }
            ]
        )
        run = runs.with_env(self.env)
        run._judge(rules)
        return run

    def _keep(self, figures: dict) -> None:
        """Write down figures of this result."""
        self.sudo()._sealed_write(figures)  # sudo: see _try
