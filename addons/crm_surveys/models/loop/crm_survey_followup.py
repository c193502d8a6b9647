from odoo import api, fields, models

from ...logic import loop as logic
from .crm_survey_loop_rule import KINDS

OUTCOMES = [
    (logic.CONTENT, "Customer is content again"),
    (logic.EXPLAINED, "Explained"),
    (logic.UNSOLVED, "Could not be solved"),
    (logic.AGREED, "Agreed to be a reference"),
    (logic.DECLINED, "Does not want to"),
    (logic.NOT_REACHED, "Not reached"),
    (logic.NOTHING, "Nothing to do"),
]


class CrmSurveyFollowup(models.Model):
    """What is to be done after an answer: by whom, until when, and how it ended.

    Made by the system when a customer has answered (``crm_survey_followup_make``), and ended by a
    deed (``crm_survey_followup_deed``). Whom it is about is read from the answer, so that nobody
    stands here whose answer was anonymized.
    """

    _name = "crm.survey.followup"
    _description = "Follow-up of an Answer"
    _inherit = ["mail.thread", "mail.activity.mixin", "crm.deadline.mixin"]
    _order = "state desc, date_deadline, id desc"
    _check_company_auto = True

    fact_id = fields.Many2one(
        "crm.survey.fact", "Answer", required=True, readonly=True, ondelete="cascade", index=True
    )
    rule_id = fields.Many2one(
        "crm.survey.loop.rule", readonly=True, ondelete="set null", index="btree_not_null"
    )
    kind = fields.Selection(KINDS, "What to Do", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    team_id = fields.Many2one("crm.team", readonly=True, index="btree_not_null")
    survey_id = fields.Many2one(related="fact_id.survey_id", store=True, index=True)
    partner_id = fields.Many2one(related="fact_id.partner_id")
    rated_user_id = fields.Many2one(related="fact_id.user_id", string="Employee in Charge")
    date_answered = fields.Datetime(related="fact_id.date", string="Answered on")
    score = fields.Char(compute="_compute_score", help="What the customer answered.")
    words = fields.Text("Customer's Words", compute="_compute_words")
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        domain=lambda self: [("all_group_ids", "in", self.env.ref("crm_surveys.group_user").ids)],
    )
    state = fields.Selection(
        [("open", "Open"), ("done", "Done")],
        required=True,
        readonly=True,
        default="open",
        index=True,
        tracking=True,
        copy=False,
    )
    date_deadline = fields.Datetime("Due", readonly=True, index=True, copy=False)
    date_done = fields.Datetime("Done on", readonly=True, copy=False)
    done_user_id = fields.Many2one("res.users", "Done By", readonly=True, ondelete="restrict")
    is_missed = fields.Boolean("Late", readonly=True, copy=False)
    outcome = fields.Selection(OUTCOMES, copy=False, tracking=True)
    outcomes = fields.Char("Possible Outcomes", compute="_compute_outcomes")
    cause_id = fields.Many2one(
        "crm.survey.topic", ondelete="restrict", tracking=True, help="Why he answered so."
    )
    result = fields.Text("What Was Done", copy=False)
    closed_points = fields.Float(
        "Loop Closed (%)",
        compute="_compute_closed_points",
        store=True,
        aggregator="avg",
        digits=(4, 0),
        help="100 where the customer has heard from us: the mean is the loop rate.",
    )
    in_time_points = fields.Float(
        "Closed in Time (%)",
        compute="_compute_closed_points",
        store=True,
        aggregator="avg",
        digits=(4, 0),
    )

    _fact_kind_unique = models.Constraint(
        "UNIQUE(fact_id, kind)", "This answer is followed up already."
    )

    @api.depends("kind", "survey_id.title")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for followup in self:
            # sudo: names that stand on a record the viewer reads anyway
            answer = followup.sudo()
            followup.display_name = self.env._(
                "%(what)s: %(whom)s",
                what=kinds.get(followup.kind, ""),
                whom=answer.partner_id.display_name or answer.survey_id.title or "",
            )

    @api.depends("fact_id")
    @api.depends_context("lang")
    def _compute_score(self):
        for followup in self:
            fact = followup.sudo().fact_id  # sudo: the owner works with this one answer
            parts = []
            if fact.has_nps:
                parts.append(self.env._("NPS: %(value)s of 10", value=fact.nps_value))
            if fact.has_csat:
                parts.append(self.env._("Satisfaction: %(value)s %%", value=round(fact.csat_value)))
            if fact.has_ces:
                parts.append(self.env._("Ease: %(value)s of 7", value=fact.ces_value))
            followup.score = ", ".join(parts)

    @api.depends("fact_id")
    def _compute_words(self):
        for followup in self:
            # sudo: the owner works with this one answer, and with no other response
            lines = followup.sudo().fact_id.user_input_id.user_input_line_ids
            texts = (line.value_text_box or line.value_char_box for line in lines)
            followup.words = "\n".join(filter(None, texts))

    @api.depends("kind")
    def _compute_outcomes(self):
        for followup in self:
            followup.outcomes = ",".join(logic.get_ends(followup.kind))

    @api.depends("state", "outcome", "is_missed")
    def _compute_closed_points(self):
        for followup in self:
            is_done = followup.state == "done"
            points = logic.closed_points(followup.outcome) if is_done else 0
            followup.closed_points = points
            followup.in_time_points = 0 if followup.is_missed else points
