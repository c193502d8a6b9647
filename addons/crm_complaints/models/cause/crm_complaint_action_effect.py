import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...logic import effect

_logger = logging.getLogger(__name__)

BATCH = 50


class CrmComplaintAction(models.Model):
    """The check of the effect: did the complaints fall? The data answer, not the owner.

    As many days before the action was carried out are compared with as many after it. If the
    complaints fell, the action is effective. If they did not, it is reopened with the reason. If
    there were too few to tell, it is checked again after another window, over all the time since.
    """

    _inherit = "crm.complaint.action"

    effect_base = fields.Selection(
        [("days", "Days"), ("complaints", "All Complaints")],
        "Compared by",
        required=True,
        default="days",
        help="Days: how many came in the same time. All complaints: what part of all complaints of"
        " the company they were, for a business that grows or shrinks.",
    )
    date_check = fields.Datetime(
        "Effect Checked on", readonly=True, copy=False, help="When the effect is looked at."
    )
    check_ids = fields.One2many(
        "crm.complaint.effect.check", "action_id", "Checks of the Effect", readonly=True
    )

    _due_check_index = models.Index("(date_check, id) WHERE state = 'done'")

    def _plan_checks(self):
        """Note when the effect of what was carried out is to be looked at."""
        for action in self:
            planned = False
            if action.state == "done" and action.check_days:
                planned = action.date_done + timedelta(days=action.check_days)
            action._write_facts({"date_check": planned})

    def write(self, vals):
        result = super().write(vals)
        if "check_days" in vals:
            self.filtered(lambda action: action.state == "done")._plan_checks()
        return result

    @api.model
    def _cron_check_effects(self):
        """Check the effect of all actions whose time has come."""
        commit = self.env["ir.cron"]._commit_progress
        due = [("state", "=", "done"), ("date_check", "<=", fields.Datetime.now())]
        commit(remaining=self.search_count(due))
        last_id = 0
        while actions := self._claim_due(last_id):
            last_id = actions[-1].id
            for action in actions:
                action._check_effect_safely()
            if not commit(len(actions)):
                return

    @api.model
    def _claim_due(self, after):
        """Lock a batch of actions to check; another worker takes the next ones."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM crm_complaint_action
                 WHERE state = 'done' AND date_check <= %s AND id > %s
              ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
                """,
                fields.Datetime.now(),
                after,
                BATCH,
            )
        )
        return self.browse(action_id for (action_id,) in rows)

    def _check_effect_safely(self):
        """Check one action; what is wrong with one stops no other."""
        try:
            with self.env.cr.savepoint():
                self._check_effect()
        except Exception:  # it is logged, and tried again the next day
            _logger.exception("the effect of the action %s could not be checked", self.id)

    def _check_effect(self):
        """Compare the complaints before and after, register what was found, and act on it."""
        self.ensure_one()
        now = fields.Datetime.now()
        window = timedelta(days=self.check_days)
        # checked again after too few: all the time since, and as much before
        windows = max(1, (now - self.date_done) // window)
        span = window * windows
        before = self._count_period(self.date_done - span, self.date_done)
        after = self._count_period(self.date_done, self.date_done + span)
        finding = effect.compare(before, after)
        check = self._register_check(finding, before, after, span, now)
        if finding.verdict == effect.FELL:
            self._write_facts({"state": "effective", "date_check": False})
        elif finding.verdict == effect.FEW:
            self._write_facts({"date_check": now + window})
        else:
            self._reopen(check.reason)

    def _reopen(self, reason):
        """Take the action back into work, because it did not help, and tell its owner."""
        self._write_facts(
            {
                "state": "doing",
                "date_done": False,
                "date_check": False,
                "reopen_count": self.reopen_count + 1,
                "reopen_reason": reason,
            }
        )
        self._start_clocks()
        person = self.with_context(lang=self.user_id.lang)
        person.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=person.env._("The action did not help: choose another way"),
            note=reason,
            user_id=self.user_id.id,
        )

    def _get_effect_domain(self):
        """Hook: return the domain of the complaints whose number the action should lower.

        Confidential ones are left out unless the action follows from one: whoever sees the action
        would see their number.
        """
        self.ensure_one()
        domain = Domain("company_id", "=", self.company_id.id) & Domain("state", "!=", "cancelled")
        if self.product_id:
            domain &= Domain("product_id", "=", self.product_id.id)
        if self.about_user_id:
            domain &= Domain("about_user_ids", "in", self.about_user_id.ids)
        # sudo: complaints the caller does not see decide as well
        if not any(self.sudo().complaint_ids.mapped("is_confidential")):
            domain &= Domain("is_confidential", "=", False)
        return domain

    def _count_effect_base(self, start, end):
        """Hook: return how much there was of the base of comparison within a period."""
        self.ensure_one()
        if self.effect_base == "complaints":
            return self._count(Domain("company_id", "=", self.company_id.id), start, end)
        return (end - start).days

    def _count_period(self, start, end):
        """Return the figures of a period for the comparison."""
        scope = self._get_effect_domain()
        known = Domain("cause_share_ids", "!=", False)
        hits = Domain.TRUE
        if self.cause_id:
            hits = Domain("cause_share_ids.cause_id", "child_of", self.cause_id.ids)
        waiting = ~known & Domain("state", "not in", ("closed", "cancelled"))
        return effect.Period(
            count=self._count(scope & hits, start, end),
            base=self._count_effect_base(start, end),
            judged=self._count(scope & known, start, end) if self.cause_id else 0,
            open=self._count(scope & waiting, start, end) if self.cause_id else 0,
        )

    def _count(self, domain, start, end):
        """Return how many complaints of a domain came in from ``start`` until before ``end``."""
        # sudo: the verdict must not depend on who asks
        complaints = self.env["crm.complaint"].sudo().with_context(active_test=False)
        period = Domain("date_received", ">=", start) & Domain("date_received", "<", end)
        return complaints.search_count(domain & period)

    def _register_check(self, finding, before, after, span, now):
        """Write down what was found. Return the check."""
        base = dict(self._fields["effect_base"]._description_selection(self.env))
        vals = {
            "action_id": self.id,
            "date": now,
            "verdict": finding.verdict,
            "cause_id": self.cause_id.id,
            "product_id": self.product_id.id,
            "about_user_id": self.about_user_id.id,
            "company_id": self.company_id.id,
            "date_from": self.date_done - span,
            "date_action": self.date_done,
            "date_to": self.date_done + span,
            "count_before": effect.counted(before),
            "count_after": finding.counted,
            "open_count": after.open,
            "expected": finding.expected,
            "base": base[self.effect_base],
            "chance_percent": finding.chance * 100,
        }
        person = self.with_context(lang=self.user_id.lang or self.env.lang)
        vals["reason"] = person._describe_check(vals)
        # sudo: the register is written by the system
        return self.env["crm.complaint.effect.check"].sudo()._sealed_create([vals])

    def _describe_check(self, vals):
        """Return a check in a sentence."""
        figures = {
            "before": vals["count_before"],
            "after": vals["count_after"],
            "expected": f"{vals['expected']:.1f}",
            "chance": f"{vals['chance_percent']:.2g}",
        }
        if vals["verdict"] == effect.FELL:
            return self.env._(
                "The complaints fell: %(before)s before, %(after)s after, where %(expected)s were"
                " to be expected. By chance alone that happens in %(chance)s %% of cases.",
                **figures,
            )
        if vals["verdict"] == effect.FEW:
            return self.env._(
                "Too few to tell: %(before)s before, %(after)s after. Checked again later.",
                **figures,
            )
        return self.env._(
            "The complaints did not fall: %(before)s before, %(after)s after, where %(expected)s"
            " were to be expected.",
            **figures,
        )
