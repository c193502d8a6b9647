from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...logic import fatigue
from ...logic import invitation as logic
from ..survey.survey_user_input import CHANNELS

SCOPES = [
    (fatigue.CONTACT, "A contact"),
    (fatigue.COMPANY, "A company with all its contacts"),
]


class CrmSurveyBudget(models.Model):
    """How often customers may be asked: the one budget that all ways of asking share.

    All limits hold at once. "At most once in 14 days" is at the same time the pause between two.
    """

    _name = "crm.survey.budget"
    _description = "Limit of Asking"
    _order = "company_id, scope desc, days, id"
    _rec_name = "scope"

    company_id = fields.Many2one("res.company", index=True, help="Empty: for all companies.")
    scope = fields.Selection(SCOPES, "Whom", required=True, default=fatigue.CONTACT)
    channel = fields.Selection(
        CHANNELS, help="Empty: all ways of asking together, mailings included."
    )
    maximum = fields.Integer("At Most", required=True, default=1, help="So many times. 0: never.")
    days = fields.Integer(
        "In Days", required=True, default=30, help="In any stretch of so many days."
    )
    active = fields.Boolean(default=True)

    _maximum_not_negative = models.Constraint(
        "CHECK(maximum >= 0)", "A limit cannot be negative: 0 forbids to ask."
    )
    _days_in_range = models.Constraint(
        "CHECK(days BETWEEN 1 AND 3650)", "A limit is for 1 to 3650 days."
    )

    @api.depends("scope", "channel", "maximum", "days")
    def _compute_display_name(self):
        scopes = dict(self._fields["scope"]._description_selection(self.env))
        for budget in self:
            budget.display_name = self.env._(
                "%(whom)s: %(count)s in %(days)s days",
                whom=scopes.get(budget.scope, ""),
                count=budget.maximum,
                days=budget.days,
            )

    @api.model
    def _get_limits(self):
        """Return the limits by company id, those of all companies included in each."""
        # sudo: limits hold whoever asks, in whatever company he works
        budgets = self.sudo().search(Domain.TRUE)
        limits = {}
        for company in self.env["res.company"].sudo().search(Domain.TRUE):  # sudo: as above
            limits[company.id] = tuple(
                fatigue.Limit(budget.scope, budget.maximum, budget.days, budget.channel or None)
                for budget in budgets
                if budget.company_id in (self.env["res.company"], company)
            )
        return limits

    @api.model
    def _get_longest(self):
        """Return how many days back anything can matter."""
        # sudo: as above
        return max(self.sudo().search(Domain.TRUE).mapped("days"), default=0)

    @api.model
    def _get_touch_queries(self):
        """Hook: return statements that find when customers were asked or written to.

        Columns ``partner_id``, ``commercial_partner_id``, ``date``, ``channel``, ``trigger_id``
        and ``waiting_id``. A bridge adds what else tires a customer, as mailings, with NULL in the
        last two. What has not reached anybody does not count; what is still to be sent does.
        """
        return [
            SQL(
                """
                SELECT partner_id, commercial_partner_id,
                       COALESCE(date_sent, date_retry, date_planned, date_decided) AS date,
                       channel, trigger_id,
                       CASE WHEN state = 'decided' AND trigger_id IS NOT NULL
                            THEN id END AS waiting_id
                  FROM crm_survey_invitation
                 WHERE (state = ANY(%s) OR (state = 'failed' AND date_retry IS NOT NULL)
                        OR COALESCE(date_sent, date_opened, date_started) IS NOT NULL)
                   AND partner_id IS NOT NULL
                """,
                [logic.DECIDED, logic.QUEUED, *logic.REACHED],
            )
        ]
