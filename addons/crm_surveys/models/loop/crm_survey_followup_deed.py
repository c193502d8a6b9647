from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...logic import loop as logic
from .crm_survey_followup_make import CLOCK

LEADER = "crm_surveys.group_leader"
#: What a person writes; everything else is written by the system and by deeds.
OPEN_FIELDS = frozenset({"outcome", "cause_id", "result", "user_id"})
#: What was judged by the loop rate, and so is closed to changes with the follow-up.
FACTS = frozenset(
    {
        "fact_id",
        "rule_id",
        "kind",
        "company_id",
        "team_id",
        "survey_id",
        "state",
        "date_deadline",
        "date_done",
        "done_user_id",
        "is_missed",
        "closed_points",
        "in_time_points",
    }
)


class CrmSurveyFollowup(models.Model):
    """How a follow-up ends: only with an outcome, what was done, and, after a bad answer, why."""

    _inherit = "crm.survey.followup"

    def write(self, vals):
        if facts := FACTS & vals.keys():
            labels = [self._fields[name]._description_string(self.env) for name in sorted(facts)]
            raise UserError(
                self.env._(
                    "%(fields)s: the system sets this itself. Leave it out.",
                    fields=", ".join(labels),
                )
            )
        if OPEN_FIELDS & vals.keys() and any(one.state == "done" for one in self):
            raise UserError(
                self.env._(
                    "What is done stays as it is. The leader of the team can take it up again."
                )
            )
        if vals.get("user_id"):
            self._check_owner(self.env["res.users"].browse(vals["user_id"]))
        before = {one.id: one.user_id.id for one in self}
        result = super().write(vals)
        if "user_id" in vals:
            self._follow_owner(before)
        return result

    def _check_owner(self, user):
        """Refuse an owner who would not see the follow-up."""
        rules = self.env["crm.survey.loop.rule"]
        # sudo: what others may do, whoever hands it on
        if not all(rules._can_own(user.sudo(), company) for company in self.company_id):
            raise UserError(
                self.env._(
                    "%(user)s does not see it: choose somebody with a role in customer surveys.",
                    user=user.sudo().name,  # sudo: as above
                )
            )

    def _write_facts(self, vals):
        """Set what deeds and the clock say. For them only."""
        # pylint: disable=super-method-mismatch; going round our own refusal is the point
        return super().write(vals)

    def _follow_owner(self, before):
        """Tell the new owner, and let the clock tell him from now on."""
        # sudo: whoever hands it on has no right on the work of the next owner
        for followup in self.sudo().filtered(lambda one: one.user_id.id != before[one.id]):
            followup.activity_unlink(["mail.mail_activity_data_todo"])
            followup._deadline_open([CLOCK])._assign(followup.user_id)
            followup._tell_owner()

    def action_done(self):
        """End it, with what came of it."""
        self.check_access("write")
        for followup in self.filtered(lambda one: one.state == "open"):
            followup._check_can_end()
            followup._write_facts(
                {"state": "done", "date_done": fields.Datetime.now(), "done_user_id": self.env.uid}
            )
            followup._stop_clock()
            followup.activity_feedback(["mail.mail_activity_data_todo"])
        return True

    def _stop_clock(self):
        clocks = self._deadline_open([CLOCK])
        clocks._stop()
        if clocks.filtered("date_missed"):  # before the sweep came by
            self._write_facts({"is_missed": True})

    def _check_can_end(self):
        """Refuse to end what nobody could learn from."""
        self.ensure_one()
        if self.outcome not in logic.get_ends(self.kind):
            raise UserError(
                self.env._("“%(followup)s”: choose how it ended.", followup=self.display_name)
            )
        if not (self.result or "").strip():
            raise UserError(
                self.env._(
                    "“%(followup)s”: enter what was done before it ends.",
                    followup=self.display_name,
                )
            )
        if self.kind != "reference" and self.outcome in logic.HEARD and not self.cause_id:
            raise UserError(
                self.env._(
                    "“%(followup)s”: choose the cause the customer named.",
                    followup=self.display_name,
                )
            )

    def action_reopen(self):
        """Take up again what was ended too early; by leaders and managers."""
        self.check_access("write")
        if not self.env.user.has_group(LEADER):
            raise AccessError(self.env._("Leaders of teams and managers take up what is done."))
        for followup in self.filtered(lambda one: one.state == "done"):
            followup._write_facts({"state": "open", "date_done": False, "done_user_id": False})
            followup.sudo()._start_clock()  # sudo: the clock is the system's
            followup.sudo()._tell_owner()  # sudo: as above
        return True

    def action_answer(self):
        """Open the answer it follows from."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.survey.fact",
            "res_id": self.fact_id.id,
            "views": [(False, "form")],
        }

    def _deadline_missed(self, clocks):
        result = super()._deadline_missed(clocks)
        self._write_facts({"is_missed": True})
        return result

    def _deadline_moved(self, clocks):
        result = super()._deadline_moved(clocks)
        for clock in clocks.filtered(lambda clock: clock.kind == CLOCK):
            self.browse(clock.res_id)._write_facts({"date_deadline": clock.date_due})
        return result
