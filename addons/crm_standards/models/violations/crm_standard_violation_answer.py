from __future__ import annotations

import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

#: The kind of clock by which an answer is awaited.
ANSWER = "crm_standards.answer"
BATCH = 1000


class CrmStandardViolation(models.Model):
    """What the responsible person says about a violation, and until when he is asked to.

    The clock comes from the standard's policy, or the company's, and its ladder reminds and
    escalates. A job starts the clocks as of the moment of the violation, so that breaking a rule
    costs a move nothing more, and a calendar without hours cannot stop anybody's work.
    """

    _name = "crm.standard.violation"
    _inherit = ["crm.standard.violation", "mail.activity.mixin", "crm.deadline.mixin"]
    _mail_post_access = "read"  # those concerned may talk about it

    explanation = fields.Text(
        readonly=True, help="What the responsible person says about it. Written once."
    )
    date_explanation = fields.Datetime(string="Explained on", readonly=True)
    date_deadline = fields.Datetime(
        string="Answer until",
        readonly=True,
        help="Until when the responsible person is asked to explain it.",
    )
    is_answer_awaited = fields.Boolean(
        compute="_compute_is_answer_awaited",
        search="_search_is_answer_awaited",
        help="It is open, and the responsible person has not explained it yet.",
    )
    can_explain = fields.Boolean(compute="_compute_can_explain")

    _unasked_idx = models.Index(
        "(id) WHERE state = 'open' AND date_deadline IS NULL AND explanation IS NULL"
    )

    @api.depends("state", "explanation", "user_id")
    def _compute_is_answer_awaited(self):
        for violation in self:
            violation.is_answer_awaited = bool(
                violation.state == "open" and violation.user_id and not violation.explanation
            )

    def _search_is_answer_awaited(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "=", "open"), ("user_id", "!=", False), ("explanation", "=", False)]

    @api.depends("is_answer_awaited", "user_id")
    @api.depends_context("uid")
    def _compute_can_explain(self):
        for violation in self:
            violation.can_explain = (
                violation.is_answer_awaited and violation.user_id == self.env.user
            )

    # ---- the answer -----------------------------------------------------------------------

    def action_explain(self):
        """Ask the responsible person for his words."""
        self._check_explainable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Explain"),
            "res_model": "crm.standard.explain",
            "view_mode": "form",
            "target": "new",
            "context": {"default_violation_ids": self.ids},
        }

    def _explain(self, text: str) -> None:
        """Keep the words of the person at the screen, once and for ever.

        :raise AccessError: he is not the responsible person
        :raise UserError: it has been explained or decided already
        """
        self.check_access("read")
        self._check_explainable()
        values = {"explanation": text, "date_explanation": self.env.cr.now()}
        with self.env["crm.standard.history"]._watching(self, ["explanation"]):
            self.sudo()._write_fact(values)  # his own words, and he may write nothing else
        self._deadline_open([ANSWER])._stop()
        self._end_reminders()

    def _check_explainable(self) -> None:
        for violation in self:
            if violation.user_id != self.env.user:
                raise AccessError(
                    self.env._(
                        "“%(violation)s” is for %(person)s to explain.",
                        violation=violation.display_name,
                        person=violation.user_id.name or "…",
                    )
                )
            if not violation.is_answer_awaited:
                raise UserError(
                    self.env._(
                        "“%(violation)s” has been explained or decided already. Write to a"
                        " controller if there is more to say.",
                        violation=violation.display_name,
                    )
                )

    def _follow_verdict(self):
        result = super()._follow_verdict()
        decided = self.filtered(lambda violation: violation.state != "open")
        decided._deadline_open([ANSWER])._cancel(self.env._("Decided before an answer came."))
        decided._end_reminders()
        return result

    def _end_reminders(self) -> None:
        """Take away what the ladder has put before people: there is nothing to remind of."""
        self.sudo().activity_ids.filtered("automated").unlink()  # whoever they are for

    # ---- the clock ------------------------------------------------------------------------

    @api.model
    def _start_answer_clocks(self, commit) -> None:
        """Start the clocks of new violations, batch by batch.

        A policy whose calendar fails is logged, its violations wait, and no other does.

        :param commit: ``ir.cron._commit_progress``
        """
        last_id = 0
        while rows := self._claim_unasked(last_id):
            last_id = rows[-1][0]
            by_policy = {}
            for violation_id, policy_id in rows:
                by_policy.setdefault(policy_id, []).append(violation_id)
            for policy_id, ids in by_policy.items():
                policy = self.env["crm.deadline.policy"].browse(policy_id)
                self.browse(ids)._start_answer_clock(policy)
            if not commit():
                return

    @api.model
    def _claim_unasked(self, after: int) -> list[tuple[int, int]]:
        """Lock a batch of violations that should have a clock; return each with its policy."""
        self.flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT violation.id, COALESCE(standard.answer_policy_id,
                                              company.standard_answer_policy_id)
                  FROM crm_standard_violation AS violation
                  JOIN crm_standard AS standard ON standard.id = violation.standard_id
             LEFT JOIN res_company AS company
                    ON company.id = COALESCE(violation.company_id, %s)
                 WHERE violation.id > %s AND violation.state = 'open'
                   AND violation.date_deadline IS NULL AND violation.explanation IS NULL
                   AND violation.user_id IS NOT NULL
                   AND COALESCE(standard.answer_policy_id,
                                company.standard_answer_policy_id) IS NOT NULL
              ORDER BY violation.id
                 LIMIT %s
                   FOR UPDATE OF violation SKIP LOCKED
                """,
                self.env.company.id,
                after,
                BATCH,
            )
        )

    def _start_answer_clock(self, policy) -> None:
        """Start a clock on each violation as of its moment, and note until when it runs."""
        dates = {violation.id: violation.date for violation in self}
        try:
            with self.env.cr.savepoint():
                clocks = self._deadline_start(policy, ANSWER, date=dates)
                for due, group in clocks.grouped("date_due").items():
                    self.browse(group.mapped("res_id"))._write_fact({"date_deadline": due})
        except UserError as error:
            _logger.warning("answers by the policy %s: %s", policy.id, error)


class CrmStandard(models.Model):
    """A standard says until when its violations have to be explained."""

    _inherit = "crm.standard"

    answer_policy_id = fields.Many2one(
        "crm.deadline.policy",
        string="Answer within",
        ondelete="restrict",
        check_company=True,
        help="How long the responsible person has to explain a violation of this standard; its"
        " ladder reminds and escalates. Empty: as the company's settings say.",
    )
