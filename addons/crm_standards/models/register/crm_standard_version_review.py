from __future__ import annotations

from odoo import api, fields, models
from odoo.exceptions import UserError

APPROVE = "crm_standards.mail_activity_type_approve"
RETURNED = "mail.mail_activity_data_todo"


class CrmStandardVersion(models.Model):
    """The way of a version from the writer's desk through review and approval into force."""

    _inherit = "crm.standard.version"

    can_decide = fields.Boolean(
        compute="_compute_can_decide", help="Whether the version waits for your decision."
    )

    @api.depends("approval_ids.decision", "state", "round")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for version in self:
            version.can_decide = bool(version._get_waiting(self.env.user))

    def action_send_to_review(self):
        """Show the version to all employees and ask its approvers.

        From now on it is what it is: its approvers decide about exactly this text.
        """
        self.check_access("write")
        for version in self:
            version._check_state("draft")
            document = version.document_id
            version._check_document(document)
            content = document._get_content()
            version._note(
                {
                    "state": "review",
                    "user_id": self.env.uid,
                    **version._prepare_seal(document, content),
                }
            )
            version._ask_approvers()

    def action_back_to_draft(self):
        """Take the version back to work on it; its approvers will be asked anew."""
        self.check_access("write")
        for version in self:
            version._check_state("review", "approved")
            version._reopen()

    def action_approve(self):
        """Approve the version: only for those who were asked, or stand in for one of them."""
        for version in self:
            version._decide("approved")

    def action_refuse(self):
        """Ask for the reason of a refusal."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse"),
            "res_model": "crm.standard.version.refusal",
            "view_mode": "form",
            "target": "new",
            "context": {"default_version_id": self.id},
        }

    def action_put_in_force(self):
        """Bring the version into force now, in the place of the one before."""
        self.check_access("write")
        for version in self:
            version._check_state("draft", "review", "approved")
            if not version._is_ready():
                raise version.sudo().standard_id._unapproved_error()  # names it only
            if version.date_from and version.date_from > fields.Date.context_today(version):
                raise UserError(
                    self.env._(
                        "%(version)s comes into force by itself on %(date)s. To do it now, take it"
                        " back to draft and clear that day.",
                        version=version.display_name,
                        date=version.date_from,
                    )
                )
            version._put_in_force()
        return True

    def action_discard(self):
        """Give the version up; its draft is deleted, the standard stays as it is."""
        self.check_access("write")
        for version in self:
            version._check_state("draft", "review", "approved")
            document = version.document_id
            version._drop_requests()
            version._note({"state": "withdrawn", "document_id": False})
            if document.live_id:
                document.unlink()
        return self[:1].standard_id._get_records_action()

    # ---- deciding --------------------------------------------------------------------------

    def _is_ready(self) -> bool:
        """Tell whether nobody has to approve it any more."""
        self.ensure_one()
        if self.state == "approved":
            return True
        return not self._get_approvers()

    def _get_approvers(self):
        """Return who must approve: those the draft names, and those who approved the last one."""
        self.ensure_one()
        # sudo: who decides does not depend on who asks
        version = self.sudo()
        return version.document_id.approver_ids | version.standard_id._get_bound_approvers()

    def _get_waiting(self, user):
        """Return the open approvals this person may decide: his own and those he stands in for."""
        self.ensure_one()
        if self.state != "review":
            return self.env["crm.standard.version.approval"]
        waiting = self._get_round().filtered(lambda a: a.decision == "waiting")
        # nobody approves what he wrote himself in the name of somebody else
        return waiting.filtered(
            lambda a: (
                a.user_id == user
                or (user != self.user_id and user == a.user_id._deadline_stand_in())
            )
        )

    def _get_round(self):
        """Return what was asked and decided since it was last sent to review."""
        # sudo: who was asked is no secret to who is asked
        return self.sudo().approval_ids.filtered(lambda a: a.round == self.round)

    def _decide(self, decision: str, reason: str = "") -> None:
        """Write down what the user decides; the last approval makes the version approved."""
        self.ensure_one()
        # sudo: two decisions at the same moment must see each other; the row is locked and touched
        self.sudo().lock_for_update(allow_referencing=True)
        mine = self._get_waiting(self.env.user)
        if not mine:
            raise UserError(
                self.env._(
                    "%(version)s does not wait for your decision: it is not in review, or others"
                    " were asked.",
                    version=self.display_name,
                )
            )
        mine._decide(decision, reason)
        self._note({"state": self.state})
        self._drop_activities(self.env.user | mine.user_id)
        if decision == "refused":
            self._reopen()
            self._tell_author(reason)
        elif all(approval.decision == "approved" for approval in self._get_round()):
            self._note({"state": "approved"})

    def _ask_approvers(self) -> None:
        """Ask each approver anew."""
        approvals = self.env["crm.standard.version.approval"]._ask(self, self._get_approvers())
        asked = self.env["res.users"]
        for approval in approvals:
            asked |= approval.user_id._deadline_stand_in()
        for user in asked:
            # sudo: an author need not be allowed to plan others' work
            version = self.sudo().with_context(lang=user.lang)
            version.activity_schedule(APPROVE, user_id=user.id, summary=version.display_name)

    def _reopen(self) -> None:
        """Let the version be written again: approvals start anew, what was said stays."""
        self._drop_requests()
        self._note(
            {
                "state": "draft",
                "round": self.round + 1,
                "content": False,
                "words": False,
                "digest": False,
            }
        )

    def _drop_requests(self) -> None:
        """Note that nobody is asked any more in this round."""
        self._get_round().filtered(lambda a: a.decision == "waiting")._cancel()
        self._drop_activities()

    def _drop_activities(self, users=None) -> None:
        """Delete the requests to decide, of these people only if any are given."""
        # sudo: an activity belongs to who was asked
        activities = self.sudo().activity_search([APPROVE])
        activities.filtered(lambda a: users is None or a.user_id in users).unlink()

    def _tell_author(self, reason: str) -> None:
        """Tell who sent the version to review why it came back."""
        # sudo: an approver need not be allowed to plan others' work
        version = self.sudo().with_context(lang=self.user_id.lang)
        version.activity_schedule(
            RETURNED,
            user_id=self.user_id.id,
            summary=version.env._("Refused: %(reason)s", reason=reason),
        )

    def _check_state(self, *states: str) -> None:
        """Refuse a step that does not follow from where the version stands."""
        self.ensure_one()
        if self.state not in states:
            label = dict(self._fields["state"]._description_selection(self.env))[self.state]
            raise UserError(
                self.env._(
                    "%(version)s is “%(state)s” by now, so this cannot be done. Reload the page.",
                    version=self.display_name,
                    state=label,
                )
            )

    def _check_document(self, document) -> None:
        """Refuse to ask for the approval of something that could not be applied."""
        if not document:
            raise UserError(
                self.env._(
                    "The draft of %(version)s is gone: discard this version and make a new one.",
                    version=self.display_name,
                )
            )
        if document.problem:
            raise UserError(
                self.env._(
                    "%(version)s cannot be sent to review yet:\n%(problem)s",
                    version=self.display_name,
                    problem=document.problem,
                )
            )

    def _note(self, vals: dict) -> None:
        """Write what the register alone writes."""
        self.sudo()._sealed_write(vals)  # nobody may write it by hand, whoever does the deed
