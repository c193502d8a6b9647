from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...logic import loop as logic
from ...logic.metrics import CES_SCALE, NPS_SCALE
from ..survey.survey_survey import OURS

METRICS = [("nps", "NPS (0-10)"), ("csat", "Satisfaction (0-100 %)"), ("ces", "Ease (1-7)")]
#: Between which values a threshold makes sense.
SCALES = {"nps": NPS_SCALE, "csat": (0, 100), "ces": CES_SCALE}
KINDS = [("talk", "Talk to the customer"), ("reference", "Ask for a reference")]
OWNERS = [
    ("leader", "The leader of the team"),
    ("employee", "The employee in charge"),
    ("person", "A certain person"),
]


class RuleInWords(NamedTuple):
    """A rule as ``logic/loop.py`` judges it."""

    rule_id: int
    kind: str
    condition: logic.Condition


class CrmSurveyLoopRule(models.Model):
    """Which answers ask for a deed, whose it is, and how long it may take.

    Of each kind the first rule that fits makes a follow-up, and no other.
    """

    _name = "crm.survey.loop.rule"
    _description = "Rule of Follow-up"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10, help="The first rule that fits decides.")
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Leave empty for all companies."
    )
    kind = fields.Selection(KINDS, "What to Do", required=True, default="talk")
    metric = fields.Selection(METRICS, required=True, default="nps")
    direction = fields.Selection(
        [(logic.AT_MOST, "At most"), (logic.AT_LEAST, "At least")],
        "Answer Is",
        required=True,
        default=logic.AT_MOST,
    )
    threshold = fields.Float(required=True, default=6, digits=(4, 0), aggregator=None)
    survey_ids = fields.Many2many(
        "survey.survey",
        string="Surveys",
        domain=[("survey_type", "=", OURS)],
        help="Leave empty for all surveys of customers.",
    )
    tag_ids = fields.Many2many(
        "res.partner.category",
        string="Customers with Tags",
        help="The customer, or his company, has one of them. Leave empty for all customers.",
    )
    owner = fields.Selection(
        OWNERS,
        "Done By",
        required=True,
        default="leader",
        help="Where there is none: the certain person, else who answers for the survey.",
    )
    user_id = fields.Many2one("res.users", "Person", ondelete="restrict", check_company=True)
    policy_id = fields.Many2one(
        "crm.deadline.policy",
        "Term",
        ondelete="restrict",
        check_company=True,
        default=lambda self: self.env.ref("crm_surveys.crm_deadline_policy_followup", False),
        help="How long it may take, and who is told when it takes longer.",
    )

    @api.constrains("metric", "threshold")
    def _check_threshold(self):
        for rule in self:
            low, high = SCALES[rule.metric]
            if not low <= rule.threshold <= high:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s”: the threshold is between %(low)s and %(high)s.",
                        rule=rule.name,
                        low=low,
                        high=high,
                    )
                )

    @api.constrains("owner", "user_id")
    def _check_person(self):
        for rule in self:
            if rule.owner == "person" and not rule.user_id:
                raise ValidationError(
                    self.env._("“%(rule)s”: choose the person who does it.", rule=rule.name)
                )

    @api.model
    def _get_in_words(self, company):
        """Return the rules of a company, those that decide first in front."""
        rules = self.search([("company_id", "in", [False, company.id])])
        return [
            RuleInWords(
                rule.id,
                rule.kind,
                logic.Condition(
                    rule.metric,
                    rule.direction,
                    rule.threshold,
                    frozenset(rule.survey_ids.ids),
                    frozenset(rule.tag_ids.ids),
                ),
            )
            for rule in rules
        ]

    def _get_owner(self, fact):
        """Hook: return who does what follows from an answer, or who stands in; may be nobody."""
        self.ensure_one()
        found = {
            "leader": fact.team_id.user_id,
            "employee": fact.user_id,
            "person": self.user_id,
        }
        for person in (found[self.owner], self.user_id, fact.survey_id.user_id):
            acting = person and (person._deadline_stand_in() or person)
            if acting and self._can_own(acting, fact.company_id):
                return acting
        return self.env["res.users"]

    def _can_own(self, user, company):
        """Say whether a person sees what he would have to do."""
        return (
            user.active and company in user.company_ids and user.has_group("crm_surveys.group_user")
        )
