import logging

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError

from ...logic import loop as logic

_logger = logging.getLogger(__name__)

#: The clock of a follow-up, from the answer to its end.
CLOCK = "crm_surveys.followup"


class CrmSurveyFollowup(models.Model):
    """How follow-ups come about: by the rules, once for each answer and kind."""

    _inherit = "crm.survey.followup"

    @api.model
    def _make(self, facts):
        """Make what follows from new answers of customers we know, and return it.

        The customer's answer comes first: whatever goes wrong here is logged and costs him
        nothing.
        """
        made = self.browse()
        for company, answers in facts.filtered("partner_id").grouped("company_id").items():
            rules = self.env["crm.survey.loop.rule"]._get_in_words(company)
            for fact in answers:
                for rule in logic.choose(rules, self._get_said(fact)):
                    made |= self._make_one(fact, rule)
        return made

    @api.model
    def _get_said(self, fact):
        """Return what the customer said, as rules judge it."""
        values = {
            metric: fact[f"{metric}_value"]
            for metric in ("nps", "csat", "ces")
            if fact[f"has_{metric}"]
        }
        tags = (fact.partner_id | fact.commercial_partner_id).category_id
        return logic.Said(fact.survey_id.id, values, frozenset(tags.ids))

    @api.model
    def _make_one(self, fact, rule):
        rule = self.env["crm.survey.loop.rule"].browse(rule.rule_id)
        try:
            with self.env.cr.savepoint():
                # the system does it, not the customer who is at the page
                maker = self.with_user(SUPERUSER_ID).with_context(
                    mail_auto_subscribe_no_notify=True
                )
                followup = maker.create(self._prepare(fact, rule))
                followup._start_clock()
                followup._tell_owner()
                followup._follow_made()
                return followup
        except Exception:  # pylint: disable=broad-except; the answer must not be lost for it
            _logger.exception("Rule %s could not follow up answer %s", rule.id, fact.id)
            return self.browse()

    @api.model
    def _prepare(self, fact, rule):
        """Hook: return the values of the follow-up that a rule makes for an answer."""
        return {
            "fact_id": fact.id,
            "rule_id": rule.id,
            "kind": rule.kind,
            "company_id": fact.company_id.id,
            "team_id": fact.team_id.id,
            "user_id": rule._get_owner(fact).id,
        }

    def _start_clock(self):
        """Start the clock of the rule's term; without working hours it goes without one."""
        policy = self.rule_id.policy_id
        if not policy.active:
            return
        try:
            with self.env.cr.savepoint():
                self._deadline_moved(self._deadline_start(policy, CLOCK))
        except UserError as error:
            # the work is there all the same, and says why it has no term
            self.message_post(body=str(error))

    def _tell_owner(self):
        if not self.user_id:
            return
        translated = self.with_context(lang=self.user_id.lang)
        kinds = dict(translated._fields["kind"]._description_selection(translated.env))
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=self.user_id.id,
            date_deadline=self.date_deadline and self.date_deadline.date(),
            summary=kinds[self.kind],  # without the name, which anonymizing would miss
            note=translated.score,
        )

    def _follow_made(self):
        """Hook: the follow-up has been made, its clock runs, its owner knows (as the system)."""
