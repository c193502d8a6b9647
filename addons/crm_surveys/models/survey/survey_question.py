from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...logic import roles as logic
from .survey_survey import OURS

ROLES = [
    (logic.NPS, "NPS"),
    (logic.CSAT, "Satisfaction"),
    (logic.CES, "Effort"),
    (logic.DRIVER, "Driver"),
    (logic.REASON, "Reason"),
    (logic.TEXT, "Free text"),
]
#: What answers mean: once there are some it stays, or old figures would change.
MEANING = {"role", "question_type", "scale_min", "scale_max", "survey_id", "is_page"}
#: Drawn from the scale or the values of the choices.
DRAWN = {"measure_min", "measure_max"}


class SurveyQuestion(models.Model):
    """A question and what it measures; without a role it is asked, and counts for nothing."""

    _inherit = "survey.question"

    role = fields.Selection(
        ROLES,
        help="What the answer counts as. NPS: scale from 0 to 10. Satisfaction and driver: a"
        " scale, or one choice whose answers have values. Effort: scale from 1 (hard) to 7 (easy)."
        " Reason: a choice. A survey has NPS, satisfaction and effort once each.",
    )
    survey_type = fields.Selection(related="survey_id.survey_type", string="Type of Survey")
    measure_min = fields.Float("Lowest Value", compute="_compute_measure", store=True)
    measure_max = fields.Float("Highest Value", compute="_compute_measure", store=True)

    @api.depends(
        "role", "question_type", "scale_min", "scale_max", "suggested_answer_ids.measure_value"
    )
    def _compute_measure(self):
        for question in self:
            values = [0.0]
            if question.role in logic.MEASURED:
                if question.question_type == logic.SCALE:
                    values = [question.scale_min, question.scale_max]
                else:
                    values = question.suggested_answer_ids.mapped("measure_value") or values
            question.measure_min = min(values)
            question.measure_max = max(values)

    @api.constrains(
        "role", "question_type", "scale_min", "scale_max", "suggested_answer_ids", "survey_id"
    )
    def _check_role(self):
        for question in self.filtered("role"):
            if question.survey_id.survey_type != OURS:
                raise ValidationError(
                    self.env._(
                        "%(question)s: only questions of a survey of the type Customer "
                        "satisfaction have a role.",
                        question=question.title,
                    )
                )
            problem = logic.find_problem(question.role, question._get_role_question())
            if problem:
                raise ValidationError(question._get_role_words(problem))
        self._check_survey_roles()

    def _check_survey_roles(self):
        """Refuse surveys that measure one thing twice, and roles in surveys of other types."""
        names = dict(self._fields["role"]._description_selection(self.env))
        for survey in self.survey_id:
            roles = [role for role in survey.question_and_page_ids.mapped("role") if role]
            if roles and survey.survey_type != OURS:
                raise ValidationError(
                    self.env._(
                        "%(survey)s has questions with a role: it stays of the type Customer "
                        "satisfaction. Take the roles away first.",
                        survey=survey.title,
                    )
                )
            for role in logic.find_doubled(roles):
                raise ValidationError(
                    self.env._(
                        "%(survey)s: one question only can have the role %(role)s.",
                        survey=survey.title,
                        role=names[role],
                    )
                )

    def _get_role_question(self):
        self.ensure_one()
        return logic.Question(
            kind=self.question_type or "",
            scale=(self.scale_min, self.scale_max),
            values=tuple(self.suggested_answer_ids.mapped("measure_value")),
        )

    def _get_role_words(self, problem):
        words = {
            logic.NEEDS_NPS_SCALE: self.env._("make it a scale from 0 to 10"),
            logic.NEEDS_CES_SCALE: self.env._("make it a scale from 1 to 7"),
            logic.NEEDS_SCALE_OR_CHOICE: self.env._("make it a scale, or a choice of one answer"),
            logic.NEEDS_VALUES: self.env._("give its choices different values"),
            logic.NEEDS_CHOICE: self.env._("make it a choice"),
            logic.NEEDS_TEXT: self.env._("make it a text box"),
        }
        return self.env._(
            "%(question)s cannot have this role: %(remedy)s.",
            question=self.title,
            remedy=words[problem],
        )

    def _validate_scale(self, answer):
        """Take places of the scale only; core takes any number, and what counts stays for good."""
        places = {str(place) for place in range(self.scale_min, self.scale_max + 1)}
        if self.survey_type == OURS and answer and str(answer) not in places:
            return {self.id: self.env._("Choose a place on the scale.")}
        return super()._validate_scale(answer)

    def write(self, vals):
        if DRAWN & vals.keys():
            raise UserError(
                self.env._(
                    "Between which values answers lie is drawn from the scale: change the scale, "
                    "or the values of the choices."
                )
            )
        changed = [
            name
            for name in MEANING & vals.keys()
            if any(
                question._fields[name].convert_to_write(question[name], question) != vals[name]
                for question in self
            )
        ]
        if changed:
            self._check_unanswered()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        self.filtered("role")._check_unanswered()

    def _check_unanswered(self):
        """Refuse to change what given answers mean."""
        # sudo: whether there are answers decides, not who may see them
        lines = self.env["survey.user_input.line"].sudo()
        line = lines.search(
            [
                ("question_id", "in", self.ids),
                ("survey_id.survey_type", "=", OURS),
                ("user_input_id.state", "=", "done"),
                ("user_input_id.test_entry", "!=", True),
            ],
            limit=1,
        )
        if line:
            raise UserError(
                self.env._(
                    "%(question)s has answers of customers: what it measures stays, or old "
                    "figures would change. Copy the survey and change the copy.",
                    question=line.question_id.title,
                )
            )
