from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MANAGER = "crm_surveys.group_manager"
REASONS = [
    ("not_about", "Not about this employee"),
    ("beyond", "Beyond what the employee can change"),
    ("not_customer", "Not from a customer"),
    ("mistaken", "Customer took the scale the wrong way round"),
    ("agreed", "Arranged or bought"),
    ("other", "Another reason"),
]
APPEALED, EXCLUDED, REFUSED, LIFTED = "appealed", "excluded", "refused", "lifted"
STATES = [
    (APPEALED, "Appealed"),
    (EXCLUDED, "Excluded"),
    (REFUSED, "Counts"),
    (LIFTED, "Counts again"),
]


class CrmSurveyExclusion(models.Model):
    """Why an answer does not count, or does in spite of an appeal; who said so, and when.

    Sealed: the answer itself stays, and what was decided about it stays, too. Owner methods are
    ``_appeal``, ``_exclude``, ``_refuse`` and ``_lift``. Nobody decides about answers on himself.
    """

    _name = "crm.survey.exclusion"
    _description = "Exclusion of an Answer"
    _inherit = ["crm.deadline.sealed", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "fact_id"
    _mail_post_access = "read"

    fact_id = fields.Many2one(
        "crm.survey.fact", "Answer", required=True, readonly=True, ondelete="cascade", index=True
    )
    survey_id = fields.Many2one(related="fact_id.survey_id")
    date_answered = fields.Datetime(related="fact_id.date", string="Answered on")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users", "Employee in Charge", readonly=True, index=True, ondelete="restrict"
    )
    team_id = fields.Many2one("crm.team", "Team in Charge", readonly=True, ondelete="restrict")
    state = fields.Selection(STATES, required=True, readonly=True, index=True)
    appeal = fields.Text("Appeal of the Employee", readonly=True)
    date_appealed = fields.Datetime("Appealed on", readonly=True)
    reason = fields.Selection(REASONS, readonly=True)
    decision = fields.Text("Answer to It", readonly=True)
    decided_user_id = fields.Many2one("res.users", "Decided By", readonly=True, ondelete="restrict")
    date_decided = fields.Datetime("Decided on", readonly=True)
    lift_words = fields.Text("Why It Counts Again", readonly=True)
    lifted_user_id = fields.Many2one("res.users", "Lifted By", readonly=True, ondelete="restrict")
    date_lifted = fields.Datetime("Lifted on", readonly=True)

    _open_once = models.UniqueIndex(
        "(fact_id) WHERE state IN ('appealed', 'excluded')",
        "This answer is appealed or excluded already.",
    )
    _excluded_with_reason = models.Constraint(
        "CHECK(state != 'excluded' OR (reason IS NOT NULL AND decision IS NOT NULL))",
        "An answer is excluded for a reason only.",
    )

    @api.model
    def _appeal(self, fact, words):
        """Note that the employee holds an answer about himself for unfair."""
        fact.check_access("read")
        if fact.user_id != self.env.user:
            raise AccessError(self.env._("Only the employee an answer is about appeals it."))
        if fact.sudo().exclusion_ids:  # sudo: whether it was decided before, whoever asks
            raise UserError(self.env._("This answer was appealed or excluded before."))
        now = fields.Datetime.now()
        appeal = self._note(fact, APPEALED, appeal=self._read_words(words), date_appealed=now)
        appeal._ask_manager()
        return appeal

    @api.model
    def _exclude(self, fact, reason, words):
        """Take an answer out of the figures; the appeal about it is answered so, too."""
        self._check_decides(fact)
        if reason not in dict(REASONS):
            raise UserError(self.env._("Choose the reason why the answer does not count."))
        exclusion = self._decide(fact, EXCLUDED, words, reason)
        fact.sudo()._sealed_write({"is_excluded": True})  # sudo: facts are sealed; checked above
        return exclusion

    @api.model
    def _refuse(self, fact, words):
        """Say why an answer counts in spite of the appeal."""
        self._check_decides(fact)
        if not fact.exclusion_ids.filtered(lambda one: one.state == APPEALED):
            raise UserError(self.env._("Nobody has appealed this answer, or it is decided."))
        return self._decide(fact, REFUSED, words, False)

    @api.model
    def _lift(self, fact, words):
        """Let an excluded answer count again."""
        self._check_decides(fact)
        exclusion = fact.exclusion_ids.filtered(lambda one: one.state == EXCLUDED)
        if not exclusion:
            raise UserError(self.env._("This answer counts already."))
        # sudo: sealed for everybody; who decides is checked above
        exclusion.sudo()._sealed_write(
            {
                "state": LIFTED,
                "lift_words": self._read_words(words),
                "lifted_user_id": self.env.uid,
                "date_lifted": fields.Datetime.now(),
            }
        )
        fact.sudo()._sealed_write({"is_excluded": False})  # sudo: facts are sealed; checked above
        exclusion._tell_employee()
        return exclusion

    def _check_decides(self, fact):
        fact.check_access("read")
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Managers decide whether an answer counts."))
        if fact.user_id == self.env.user:
            raise AccessError(
                self.env._("Nobody decides about answers on himself. Ask another manager.")
            )

    def _read_words(self, words):
        if not isinstance(words, str) or not words.replace("\x00", "").strip():
            raise UserError(self.env._("Say why, in a sentence that the others understand."))
        return words.replace("\x00", "").strip()

    def _decide(self, fact, state, words, reason):
        """Decide the open appeal, or without one note the decision."""
        values = {
            "state": state,
            "reason": reason,
            "decision": self._read_words(words),
            "decided_user_id": self.env.uid,
            "date_decided": fields.Datetime.now(),
        }
        known = fact.exclusion_ids.filtered(lambda one: one.state in (APPEALED, EXCLUDED))
        if known.filtered(lambda one: one.state == EXCLUDED):
            raise UserError(self.env._("This answer is excluded already."))
        if known:
            known.sudo()._sealed_write(values)  # sudo: sealed; who decides is checked before
        else:
            known = self._note(fact, **values)
        known._tell_employee()
        return known

    @api.model
    def _note(self, fact, state, **values):
        """Put an appeal or a decision on the record."""
        vals = {
            "fact_id": fact.id,
            "company_id": fact.company_id.id,
            "user_id": fact.user_id.id,
            "team_id": fact.team_id.id,
            "state": state,
            **values,
        }
        # sudo: sealed for everybody; who may do it is checked by the deeds
        return self.sudo()._sealed_create([vals]).with_env(self.env)

    def _ask_manager(self):
        """Ask who answers for the survey, if he may decide; else it waits in the list."""
        exclusion = self.sudo()  # sudo: the employee gives nobody a task otherwise
        person = exclusion.fact_id.survey_id.user_id
        person = person and (person._deadline_stand_in() or person)
        if person and person.active and person.has_group(MANAGER) and person != self.env.user:
            exclusion.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=person.id,
                summary=self.env._("An employee holds an answer for unfair: decide"),
            )

    def _tell_employee(self):
        """Let the employee know what was decided, and why."""
        exclusion = self.sudo()  # sudo: sealed; who decides is checked before
        exclusion.activity_feedback(["mail.mail_activity_data_todo"])
        if exclusion.user_id:
            states = dict(self._fields["state"]._description_selection(self.env))
            exclusion.message_post(
                body=self.env._(
                    "%(state)s: %(words)s",
                    state=states[exclusion.state],
                    words=exclusion.lift_words or exclusion.decision,
                ),
                partner_ids=exclusion.user_id.partner_id.ids,
                subtype_xmlid="mail.mt_comment",
            )
