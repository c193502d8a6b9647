from odoo import api, fields, models

from ..logic.working_time import NoWorkingTime
from .schedules import Schedules


class CrmDeadlinePolicy(models.Model):
    """What keeps a policy from being applied as it is written, in words with a way out."""

    _inherit = "crm.deadline.policy"

    problem = fields.Text(
        compute="_compute_problem",
        help="What should be mended: a calendar without working hours, a step nobody can take.",
    )

    @api.depends("calendar_id", "company_id", "term_amount", "term_unit", "step_ids")
    @api.depends_context("lang", "company")
    def _compute_problem(self):
        schedules = Schedules()
        for policy in self:
            problems = [policy._find_term_problem(schedules), *policy._find_step_problems()]
            policy.problem = "\\n".join(filter(None, problems)) or False

    @api.model
    def _find_problems(self):
        """Return the policies in use that should be mended, with the text: (policy, text).

        For a page of problems of an add-on that uses deadlines. Never raises.
        """
        policies = self.search([("active", "=", True)])
        return [(policy, policy.problem) for policy in policies if policy.problem]

    def _find_term_problem(self, schedules):
        """Return why no clock could start by the policy now, or None."""
        self.ensure_one()
        if self.term_amount < 1 or not self.term_unit:
            return None  # the form is being filled in; saving it says what is wrong
        company = self.company_id or self.env.company
        calendar = self._get_calendar(company)
        term = self._get_term()
        try:
            schedules.get(calendar, company, term).plan(fields.Datetime.now(), term)
        except NoWorkingTime:
            return str(self._no_working_time_error(calendar))
        except Exception as error:  # working hours that cannot be read at all; it is shown
            return f"{calendar.sudo().name}: {error}"  # sudo: as in _no_working_time_error
        return None

    def _find_step_problems(self):
        """Return why steps cannot be taken, a text for each that cannot."""
        self.ensure_one()
        problems = []
        # sudo: a manager of deadlines need not read templates and actions to learn what is broken
        for step in self.sudo().step_ids:
            if step.whom == "user" and not step.user_id.active:
                problems.append(
                    self.env._(
                        'Step "%(step)s": %(user)s is archived. Choose somebody else.',
                        step=step.display,
                        user=step.user_id.name,
                    )
                )
            elif step.whom == "group" and not step.group_id.all_user_ids.filtered("active"):
                problems.append(
                    self.env._(
                        'Step "%(step)s": nobody is in the group %(group)s. Choose another.',
                        step=step.display,
                        group=step.group_id.display_name,
                    )
                )
        return problems
