from __future__ import annotations

from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL
from odoo.tools.misc import formatLang

from ..logic import paths


class CrmStandardBestPathWizard(models.TransientModel):
    """Takes the way the best sellers win, and writes it down as the draft of a standard.

    It shows what it stands on: whose deals, how many, which path. The draft is a proposal that
    somebody edits and puts in force, or does not.
    """

    _name = "crm.standard.best.path.wizard"
    _description = "Copy the Best Sellers' Path"

    date_from = fields.Date(
        string="Closed from",
        required=True,
        default=lambda self: fields.Date.context_today(self) - relativedelta(years=1),
    )
    date_to = fields.Date(
        string="Closed to", required=True, default=lambda self: fields.Date.context_today(self)
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    team_id = fields.Many2one("crm.team", help="Leave empty for all teams.")
    measure = fields.Selection(
        [("revenue", "Won revenue"), ("won_share", "Share of won deals")],
        required=True,
        default="revenue",
        help="By what a seller counts as one of the best.",
    )
    seller_count = fields.Integer(string="Number of sellers", required=True, default=3)
    least_deals = fields.Integer(
        string="Closed deals at least",
        required=True,
        default=5,
        help="Who closed fewer deals in the period is left out: luck says nothing.",
    )
    seller_ids = fields.Many2many("res.users", string="Best sellers", compute="_compute_evidence")
    path_id = fields.Many2one("crm.standard.path", compute="_compute_evidence")
    journey_ids = fields.Many2many(
        "crm.standard.journey", string="Won deals on this path", compute="_compute_evidence"
    )
    journey_count = fields.Integer(string="Deals on this path", compute="_compute_evidence")
    won_count = fields.Integer(string="of won deals", compute="_compute_evidence")
    advice = fields.Text(
        string="Typical time", compute="_compute_evidence", help="Median working hours per stage."
    )

    @api.depends(
        "date_from", "date_to", "company_id", "team_id", "measure", "seller_count", "least_deals"
    )
    def _compute_evidence(self):
        for wizard in self:
            sellers = wizard._find_best()
            won = wizard._find_journeys(sellers, Domain("outcome", "=", "won"))
            counts = {path: len(group) for path, group in won.grouped("path_id").items()}
            by_stages = {path._get_stage_ids(): path for path in counts}
            chosen = paths.most_frequent({p._get_stage_ids(): n for p, n in counts.items()})
            wizard.path_id = by_stages.get(chosen)
            wizard.seller_ids = sellers
            wizard.journey_ids = won.filtered(lambda j, path=wizard.path_id: j.path_id == path)
            wizard.journey_count = len(wizard.journey_ids)
            wizard.won_count = len(won)
            wizard.advice = wizard._describe_hours()

    def action_create_standard(self):
        """Write the path down as a draft and open it.

        :raise UserError: if no seller of the period has enough deals
        """
        self.ensure_one()
        stages = self._get_stages()
        if not stages:
            raise UserError(
                self.env._(
                    "Nobody won a deal on a path the log knows from its start with at least"
                    " %(count)s closed deals in this period. Choose a longer period or fewer"
                    " deals.",
                    count=self.least_deals,
                )
            )
        standard = self.env["crm.standard"].create(self._prepare_standard(stages))
        return {
            "type": "ir.actions.act_window",
            "res_model": standard._name,
            "res_id": standard.id,
            "view_mode": "form",
        }

    # ---- evidence -------------------------------------------------------------------------

    def _get_domain(self) -> Domain:
        """Return the closed deals of the period, as far as the user may see them."""
        self.ensure_one()
        domain = (
            Domain("outcome", "in", ["won", "lost"])
            & Domain("is_complete", "=", True)
            & Domain("lead_type", "=", "opportunity")
            & Domain("date_to", ">=", self.date_from)
            & Domain("date_to", "<", self.date_to and self.date_to + relativedelta(days=1))
            & Domain("company_id", "in", [self.company_id.id, False])
        )
        return domain & Domain("team_id", "=", self.team_id.id) if self.team_id else domain

    def _find_best(self):
        """Return the best sellers of the period, the best first."""
        journeys = self.env["crm.standard.journey"]
        query = journeys._search(self._get_domain() & Domain("user_id", "!=", False))
        table = SQL.identifier(journeys._table)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT %(journey)s.user_id, COUNT(*),
                       COUNT(*) FILTER (WHERE %(journey)s.outcome = 'won'),
                       COALESCE(SUM(lead.expected_revenue)
                                FILTER (WHERE %(journey)s.outcome = 'won'), 0)::float8
                  FROM %(tables)s
             LEFT JOIN crm_lead AS lead ON lead.id = %(journey)s.lead_id
                 WHERE %(where)s
              GROUP BY %(journey)s.user_id
                """,
                journey=table,
                tables=query.from_clause,
                where=query.where_clause,
            )
        )
        sellers = [paths.Seller(*row) for row in rows]
        best = paths.best(sellers, self.measure, self.least_deals, self.seller_count)
        return self.env["res.users"].browse([seller.id for seller in best])

    def _find_journeys(self, sellers, domain: Domain):
        """Return the journeys of these sellers in the period."""
        return self.env["crm.standard.journey"].search(
            self._get_domain() & domain & Domain("user_id", "in", sellers.ids)
        )

    def _get_stages(self):
        """Return the stages of the path in its order, without those that were deleted."""
        ids = self.path_id._get_stage_ids() if self.path_id else ()
        return self.env["crm.stage"].browse(dict.fromkeys(ids)).exists()

    def _describe_hours(self) -> str:
        """Return the typical time in each stage of the path, one line each."""
        stays = self.env["crm.standard.stay"].search(
            [("lead_id", "in", self.journey_ids.lead_id.ids), ("date_to", "!=", False)]
        )
        hours = paths.typical_hours((stay.stage_id.id, stay.working_hours) for stay in stays)
        return "\n".join(
            self.env._(
                "%(stage)s: %(hours)s working hours",
                stage=stage.name,
                hours=formatLang(self.env, hours[stage.id], digits=1),
            )
            for stage in self._get_stages()
            if stage.id in hours
        )

    # ---- the draft ------------------------------------------------------------------------

    def _prepare_standard(self, stages) -> dict:
        """Return the values of the draft; its rules record, so that nobody is stopped by it."""
        names = {stage.id: stage.name for stage in stages}
        path = tuple(i for i in self.path_id._get_stage_ids() if i in names)
        rules = [self._prepare_rule("begin", path[0], {})]
        rules[0]["name"] = self.env._("Begin in %(stage)s", stage=names[path[0]])
        for stage, following in paths.successors(path).items():
            rule = self._prepare_rule("transition", stage, {"next_stage_ids": following})
            rule["name"] = self.env._("From %(stage)s", stage=names[stage])
            rules.append(rule)
        return {
            "name": self.env._("As the best do it"),
            "lead_type": "opportunity",
            "company_id": self.company_id.id,
            "team_ids": [Command.set(self.team_id.ids)],
            "description": self._describe_evidence(),
            "rule_ids": [
                Command.create({**rule, "sequence": 10 * number})
                for number, rule in enumerate(rules, start=1)
            ],
        }

    def _prepare_rule(self, kind: str, stage_id: int, lists: dict) -> dict:
        """Return the values of one rule."""
        return {
            "kind": kind,
            "strength": "record",
            "stage_ids": [Command.set([stage_id])],
            **{name: [Command.set(list(ids))] for name, ids in lists.items()},
        }

    def _describe_evidence(self) -> Markup:
        """Return what the draft stands on, as the text of the standard."""
        evidence = self.env._(
            "%(count)s of %(won)s won deals of %(sellers)s, closed from %(begin)s to %(end)s, took"
            " this path: %(path)s.",
            count=self.journey_count,
            won=self.won_count,
            sellers=", ".join(self.seller_ids.mapped("name")),
            begin=self.date_from,
            end=self.date_to,
            path=self.path_id.display_name,
        )
        advice = self.env._("Typical time in a stage, to set time limits by:")
        lines = Markup().join(
            Markup("<li>%s</li>") % line for line in (self.advice or "").splitlines()
        )
        return Markup("<p>%s</p><p>%s</p><ul>%s</ul>") % (evidence, advice, lines)
