from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..survey.survey_survey import OURS


class SurveySurvey(models.Model):
    """A survey may be anonymous: said before the first customer is asked, and kept for good."""

    _inherit = "survey.survey"

    is_anonymous = fields.Boolean(
        "Anonymous",
        help="Who was asked is known; who answered, and what, nobody can find out, in the database "
        "neither. It cannot be switched once customers were asked.",
    )

    has_asked = fields.Boolean("Has Asked Customers", compute="_compute_has_asked")

    @api.depends("is_anonymous")
    def _compute_has_asked(self):
        for survey in self:
            survey.has_asked = survey._origin._has_promised()

    def write(self, vals):
        if "is_anonymous" in vals:
            wanted = bool(vals["is_anonymous"])
            self.filtered(lambda survey: survey.is_anonymous != wanted)._check_nobody_asked()
        return super().write(vals)

    def _check_nobody_asked(self):
        """Refuse to change under which promise customers answer."""
        if self._has_promised():
            raise UserError(
                self.env._(
                    "Customers were asked already: whether the survey is anonymous stays, or what "
                    "they were promised would not hold. Copy the survey and change the copy."
                )
            )

    def _has_promised(self):
        """Say whether anybody was asked, or answers."""
        # sudo: whether anybody was asked decides, not who may see it
        responses = self.env["survey.user_input"].sudo()
        real = [("survey_id", "in", self.ids), ("test_entry", "!=", True)]
        return self._has_invitations() or bool(responses.search_count(real, limit=1))

    @api.constrains(
        "is_anonymous",
        "survey_type",
        "users_login_required",
        "certification",
        "question_and_page_ids",
    )
    def _check_anonymous(self):
        for survey in self.filtered("is_anonymous"):
            problem = survey._find_naming()
            if problem:
                raise ValidationError(
                    self.env._(
                        "%(survey)s cannot be anonymous: %(problem)s.",
                        survey=survey.title,
                        problem=problem,
                    )
                )

    def _find_naming(self):
        """Return what of a survey would name its customers, or nothing."""
        self.ensure_one()
        asking = self.question_ids.filtered(lambda one: one.save_as_email or one.save_as_nickname)
        if self.survey_type != OURS:
            return self.env._("choose the type Customer satisfaction")
        if self.users_login_required:
            return self.env._("do not ask customers to sign in")
        if self.certification:
            return self.env._("a certificate has a name on it")
        if asking:
            return self.env._(
                "the question %(question)s is saved as the customer's name or address",
                question=asking[0].title,
            )
        # sudo: whether other ways of asking are chosen, not who may see them
        triggers = self.env["crm.survey.trigger"].sudo().search([("survey_id", "=", self.id)])
        # sudo: as above
        waves = self.env["crm.survey.wave"].sudo().search_count([("survey_id", "=", self.id)])
        if waves or not triggers._are_anonymous_ways():
            return self.env._("a trigger or a wave asks with it by phone, by SMS or on paper")
        return None

    def action_show_anonymous_results(self):
        """Show the figures of groups that hide each of their people."""
        return self.env["crm.survey.anonymous.result"]._open(self)

    def _create_answer(self, *args, test_entry=False, **values):
        """Let customers answer by their ballot only: core's responses know who began them."""
        if not test_entry and any(self.mapped("is_anonymous")):
            raise UserError(
                self.env._("This survey is anonymous: it is answered by the link in the mail only.")
            )
        return super()._create_answer(*args, test_entry=test_entry, **values)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_boxed(self):
        # sudo: whether answers wait decides, nobody may see them
        if self.env["crm.survey.boxed"].sudo().search_count([("survey_id", "in", self.ids)]):
            raise UserError(
                self.env._("Anonymous answers to this survey wait to be let out. Close it instead.")
            )
