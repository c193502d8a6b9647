from __future__ import annotations

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: What an author says; all else is set by the register.
SAID_FIELDS = frozenset({"version_id", "kind", "quote", "rule_id", "text"})
#: What the owner of the standard answers.
ANSWER_FIELDS = frozenset({"answer"})


class CrmStandardComment(models.Model):
    """What an employee says about a version in review, and what became of it."""

    _name = "crm.standard.comment"
    _description = "Comment on a Standard"
    _order = "state desc, id desc"
    _rec_name = "text"

    version_id = fields.Many2one(
        "crm.standard.version", required=True, ondelete="cascade", index=True
    )
    standard_id = fields.Many2one(related="version_id.standard_id", store=True, index=True)
    document_id = fields.Many2one(related="version_id.document_id")
    company_id = fields.Many2one(
        related="version_id.company_id", store=True, index="btree_not_null"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Said by",
        default=lambda self: self.env.user,
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    kind = fields.Selection(
        [("comment", "Comment"), ("proposal", "Proposal")], default="comment", required=True
    )
    quote = fields.Text(string="Passage", help="The words it speaks of, if it speaks of some.")
    rule_id = fields.Many2one(
        "crm.standard.rule",
        domain="[('standard_id', '=', document_id)]",
        ondelete="set null",
        help="The rule it speaks of, if it speaks of one.",
    )
    text = fields.Text(string="Comment", required=True)
    state = fields.Selection(
        [("open", "Open"), ("accepted", "Accepted"), ("declined", "Declined")],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    answer = fields.Text(help="What the owner of the standard says to it.")
    answered_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    date_answered = fields.Datetime("Answered on", readonly=True)
    is_mine = fields.Boolean(compute="_compute_is_mine")
    can_answer = fields.Boolean(compute="_compute_is_mine")

    @api.depends("user_id", "standard_id", "state")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for comment in self:
            comment.is_mine = comment.user_id == self.env.user
            comment.can_answer = comment._may_answer()

    @api.constrains("rule_id", "version_id")
    def _check_rule(self):
        for comment in self:
            # sudo: a rule of another document must not even show its name
            rule = comment.sudo().rule_id
            if rule and rule.standard_id != comment.sudo().version_id.document_id:
                raise UserError(self.env._("Choose a rule of the version you comment on, or none."))

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [{n: v for n, v in vals.items() if n in SAID_FIELDS} for vals in vals_list]
        # all of them, so that defaults from the caller's context colour none
        facts = dict.fromkeys(("answer", "answered_by_id", "date_answered"), False)
        facts.update({"user_id": self.env.uid, "state": "open"})
        comments = super().create([{**vals, **facts} for vals in vals_list])
        comments._check_in_review()
        return comments

    def write(self, vals):
        if vals.keys() <= ANSWER_FIELDS:
            self._check_owner()
            answered = self.filtered(lambda comment: comment.state != "open")
            if answered and vals:  # whoever changes an answer has given it
                super(CrmStandardComment, answered).write(answered._prepare_answer())
        else:
            self._check_own(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_own_only(self):
        self._check_own({})

    def action_accept(self):
        """Say that the comment is taken into account."""
        self._answer("accepted")

    def action_decline(self):
        """Say that the comment is not followed, and why."""
        for comment in self:
            if not (comment.answer or "").strip():
                raise UserError(self.env._("Say why it is not followed: write the answer first."))
        self._answer("declined")

    def _answer(self, state: str) -> None:
        """Write down what became of the comments."""
        # pylint: disable=missing-return,super-method-mismatch; our own write refuses these fields
        self._check_owner()
        super().write({"state": state, **self._prepare_answer()})

    def _prepare_answer(self) -> dict:
        """Return who answers, and when."""
        return {"answered_by_id": self.env.uid, "date_answered": self.env.cr.now()}

    def _may_answer(self) -> bool:
        """Tell whether the user answers for the standard: its owner, its writer, a controller."""
        # sudo: an employee need not see the draft to know who answers for it
        comment = self.sudo()
        people = comment.standard_id.user_id | comment.version_id.user_id
        return self.env.user in people or self.env.user.has_group("crm_standards.group_manager")

    def _check_owner(self) -> None:
        """Refuse an answer by anybody but those who answer for the standard."""
        self.check_access("read")
        if not all(comment._may_answer() for comment in self):
            raise AccessError(
                self.env._("Only the owner of the standard and controllers answer comments.")
            )

    def _check_own(self, vals: dict) -> None:
        """Refuse to change what others have said, or what was answered already."""
        if not vals.keys() <= SAID_FIELDS - {"version_id"}:
            raise AccessError(
                self.env._("Who said it, where, and what became of it cannot be edited.")
            )
        for comment in self:
            if comment.user_id != self.env.user or comment.state != "open":
                raise AccessError(
                    self.env._("Only what you said yourself, and while it is open, can be changed.")
                )
        self._check_in_review()

    def _check_in_review(self) -> None:
        """Refuse comments on what is not in review: they would change nothing."""
        for comment in self:
            comment.version_id.check_access("read")
            if comment.version_id.state != "review":
                raise UserError(
                    self.env._(
                        "%(version)s is not in review. Write to its owner, who may start a new"
                        " version.",
                        version=comment.version_id.display_name,
                    )
                )
