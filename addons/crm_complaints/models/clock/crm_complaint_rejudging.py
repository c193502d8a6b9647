from odoo import fields, models
from odoo.exceptions import UserError

from .crm_complaint_judging import SETTLED


class CrmComplaint(models.Model):
    """Judging terms anew when something beside the complaint has changed: levels, customer.

    A change of the complaint itself, or of its customer's tags, judges by itself. A changed level
    or rule counts for new complaints only, until somebody asks here.
    """

    _inherit = "crm.complaint"

    def action_judge_terms(self):
        """Judge the terms of these complaints anew and say what came of it."""
        if not self:
            raise UserError(self.env._("Choose at least one complaint."))
        self.check_access("write")
        last = self._get_last_term()
        # sudo: terms follow from facts, whoever asks
        self.sudo()._judge_terms(self.env._("judged anew by %(user)s", user=self.env.user.name))
        params = {
            "title": self.env._("Terms"),
            "message": " ".join(self._explain_terms(last)),
            "sticky": True,
            "next": {"type": "ir.actions.client", "tag": "soft_reload"},
        }
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}

    def _get_last_term(self):
        """Return the id of the newest judgement of these complaints."""
        return max(self.term_ids.ids, default=0)

    def _explain_terms(self, last):
        """Return what a judgement changed, or why it changed nothing, a sentence for each fact.

        :param last: id of the newest judgement before it
        """
        self.invalidate_recordset(["term_ids"])
        settled = self.filtered(lambda complaint: complaint.state in SETTLED)
        fresh = self.term_ids.filtered(lambda term: term.id > last)
        if len(self) > 1:
            changed = len(fresh.complaint_id)
            return [
                self.env._("Other terms: %(count)s.", count=changed),
                self.env._("Answered or ended, nothing is judged: %(count)s.", count=len(settled)),
                self.env._("Unchanged: %(count)s.", count=len(self - settled) - changed),
            ]
        if settled:
            return [self.env._("It is answered or has ended: its terms stay as they are.")]
        lines = [term._explain() for term in fresh] or [self._explain_same_terms()]
        return lines + self._explain_late_terms()

    def _explain_same_terms(self):
        """Return why no term has changed."""
        self.ensure_one()
        # sudo: what is promised is no secret to who works on the complaint
        choices = self.sudo()._choose_terms()[self.id]
        levels = self.env["crm.complaint.level"].sudo()  # sudo: as above
        level = levels.browse({choice.level for choice in choices.values()} - {None})
        if level:
            return self.env._("Nothing changes: “%(level)s” covers it.", level=level.name)
        return self.env._("Nothing changes: no service level covers it, so nothing is promised.")

    def _explain_late_terms(self):
        """Return which deadlines stay late by the policy they had, though another one applies."""
        self.ensure_one()
        choices = self.sudo()._choose_terms()[self.id]  # sudo: as above
        late = self._deadline_open(choices).filtered(
            lambda clock: (
                clock.policy_id.id != choices[clock.kind].policy
                and (clock.state == "missed" or clock.date_due < fields.Datetime.now())
            )
        )
        return [
            self.env._("%(term)s is late already and stays so.", term=clock.display_name)
            for clock in late
        ]
