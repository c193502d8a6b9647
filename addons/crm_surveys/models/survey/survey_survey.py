from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...logic import roles as logic

#: Surveys of this type are ours: with roles, facts and rights of their own.
OURS = "crm_satisfaction"
MANAGER = "crm_surveys.group_manager"


class SurveySurvey(models.Model):
    """A survey of customers: core's builder, pages and links, with a measurement behind it."""

    _inherit = "survey.survey"

    survey_type = fields.Selection(
        selection_add=[(OURS, "Customer satisfaction")], ondelete={OURS: "set default"}
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        help="Whose survey it is. Empty: of all companies.",
    )
    invitation_value = fields.Integer(
        "Value",
        default=10,
        help="When several surveys would go to one customer, the one of the highest value goes.",
    )
    role_question_ids = fields.One2many(
        "survey.question",
        "survey_id",
        "Questions That Measure",
        domain=[("role", "!=", False)],
        help="Give a question its role on the question itself.",
    )
    has_nps = fields.Boolean("Measures NPS", compute="_compute_metrics")
    has_csat = fields.Boolean("Measures Satisfaction", compute="_compute_metrics")
    has_ces = fields.Boolean("Measures Effort", compute="_compute_metrics")

    @api.depends("survey_type")
    def _compute_company_id(self):
        for survey in self:
            # of all companies is a survey only if somebody says so
            company = survey.company_id or self.env.company
            survey.company_id = company if survey.survey_type == OURS else False

    @api.depends("question_and_page_ids.role")
    def _compute_metrics(self):
        for survey in self:
            roles = set(survey.question_and_page_ids.mapped("role"))
            survey.has_nps = logic.NPS in roles
            survey.has_csat = logic.CSAT in roles
            survey.has_ces = logic.CES in roles

    @api.depends_context("uid")
    def _compute_allowed_survey_types(self):
        result = super()._compute_allowed_survey_types()
        if self.env.user.has_group(MANAGER):
            for survey in self:
                survey.allowed_survey_types = [*(survey.allowed_survey_types or []), OURS]
        return result

    @api.constrains("question_and_page_ids", "survey_type")
    def _check_roles(self):
        self.question_and_page_ids._check_survey_roles()

    @api.constrains("survey_type")
    def _check_type_of_measured(self):
        for survey in self:
            if survey.survey_type != OURS and survey._has_facts():
                raise ValidationError(
                    self.env._(
                        "%(survey)s has results of customers: its type cannot change. "
                        "Copy it instead.",
                        survey=survey.title,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_measured(self):
        for survey in self:
            if survey._has_facts():
                raise UserError(
                    self.env._(
                        "%(survey)s has results of customers and cannot be deleted. "
                        "Close it instead.",
                        survey=survey.title,
                    )
                )
            if survey._has_invitations():
                raise UserError(
                    self.env._(
                        "Customers were invited to %(survey)s: it says who was asked and why "
                        "others were not, and cannot be deleted. Close it instead.",
                        survey=survey.title,
                    )
                )

    def _has_facts(self):
        # sudo: whether there are results decides, not who may see them
        facts = self.env["crm.survey.fact"].sudo()
        return bool(facts.search_count([("survey_id", "in", self.ids)], limit=1))

    def _has_invitations(self):
        # sudo: whether somebody was invited decides, not who may see it
        invitations = self.env["crm.survey.invitation"].sudo()
        return bool(invitations.search_count([("survey_id", "in", self.ids)], limit=1))
