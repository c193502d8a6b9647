from odoo import api, fields, models
from odoo.exceptions import UserError

from ...logic.script import fill


class SurveySurvey(models.Model):
    """Ready surveys: models to start from, in all languages, that nobody can be asked with.

    They are archived, so that neither choosers nor links find them. A copy of one is a survey like
    any other and remembers nothing of its model: what the add-on ships may change, what customers
    were asked may not.
    """

    _inherit = "survey.survey"

    is_ready = fields.Boolean("Ready Survey", readonly=True, copy=False)
    ready_note = fields.Char(
        "When to Use", translate=True, copy=False, help="For whom and when this survey is meant."
    )
    call_script = fields.Text(
        "What to Say on the Phone",
        translate=True,
        help="How an interviewer opens and ends the call. {interviewer}, {company} and {customer}"
        " are filled in.",
    )

    _ready_is_archived = models.Constraint(
        "CHECK(is_ready IS NOT TRUE OR active IS NOT TRUE)",
        "A ready survey is a model and asks nobody. Start a survey from it instead.",
    )

    @api.model
    def _generate_session_codes(self, *args, **kwargs):
        """Draw no code that an archived survey has, as ready ones are: core overlooks these."""
        everybody = self.with_context(active_test=False)
        return super(SurveySurvey, everybody)._generate_session_codes(*args, **kwargs)

    def copy_data(self, default=None):
        """Make of a ready survey one of the company that asks, under the same title."""
        vals_list = super().copy_data(default=default)
        for survey, vals in zip(self, vals_list, strict=True):
            if survey.is_ready:
                own = {
                    "title": survey.title,
                    "active": True,
                    "company_id": self.env.company.id,
                    "user_id": self.env.uid,
                }
                vals.update({**own, **(default or {})})
        return vals_list

    def action_start_from_ready(self):
        """Open a new survey that is like this one."""
        if len(self) != 1 or not self.is_ready:
            raise UserError(self.env._("Choose one of the ready surveys to start from it."))
        survey = self.copy()
        return {
            "type": "ir.actions.act_window",
            "res_model": "survey.survey",
            "res_id": survey.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def _get_call_script(self, partner=None):
        """Return what to say on the phone to this customer, for whoever calls."""
        self.ensure_one()
        return fill(
            self.call_script or "",
            interviewer=self.env.user.name,
            company=(self.company_id or self.env.company).name,
            customer=partner.name if partner else "",
        )
