from __future__ import annotations

import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...logic.approval import may_decide
from ...origin import PERSON, origin_of

_logger = logging.getLogger(__name__)

#: The clock that runs until somebody decides.
CLOCK = "crm_standards.decision"


class CrmStandardRequest(models.AbstractModel):
    """Somebody asks for something a rule wants decided, and somebody else decides.

    Approvals and overrides are such requests. They are sealed: no door lets anybody create one as
    granted or write its state. Only the deeds below move it; each leaves a decision behind, and
    none of them can be done by the one who asked, by a machine, or by somebody who was not asked.
    """

    _name = "crm.standard.request"
    _description = "Request for a Decision"
    _inherit = ["crm.deadline.sealed", "mail.thread", "mail.activity.mixin", "crm.deadline.mixin"]
    _order = "id desc"
    _rec_name = "subject"
    _mail_post_access = "read"

    subject = fields.Char(required=True, readonly=True, help="The rule's name at that moment.")
    rule_id = fields.Many2one(
        "crm.standard.rule", required=True, ondelete="restrict", readonly=True, index=True
    )
    standard_id = fields.Many2one(
        "crm.standard", required=True, ondelete="restrict", readonly=True, index=True
    )
    lead_id = fields.Many2one(
        "crm.lead", string="Opportunity", ondelete="set null", readonly=True, index=True
    )
    lead_name = fields.Char(string="Opportunity then", readonly=True)
    team_id = fields.Many2one(
        "crm.team", ondelete="set null", readonly=True, index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    user_id = fields.Many2one(
        "res.users", string="Asked by", required=True, readonly=True, index=True
    )
    reason = fields.Text(string="Why", readonly=True)
    date = fields.Datetime(string="Asked on", required=True, readonly=True)
    approver_ids = fields.Many2many(
        "res.users", string="Who decides", readonly=True, help="Any one of them may decide."
    )
    state = fields.Selection(
        [
            ("requested", "Waiting"),
            ("approved", "Granted"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        default="requested",
        required=True,
        readonly=True,
        index=True,
    )
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    date_decided = fields.Datetime(string="Decided on", readonly=True)
    decision_reason = fields.Text(string="Reason of the decision", readonly=True)
    can_decide = fields.Boolean(compute="_compute_can_decide")

    @api.depends("approver_ids", "state", "user_id")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for request in self:
            request.can_decide = request.state == "requested" and request._may_be_decided()

    # ---- asking ---------------------------------------------------------------------------

    @api.model
    def _ask(self, lead, rule, reason: str = ""):
        """Ask for a decision about one lead and rule, in the user's name, and return the request.

        The caller has checked that the user may ask. A request that waits already is returned.
        """
        register = self.sudo()  # everybody who sells may ask; nobody has a right to write here
        waiting = register.search(
            [("lead_id", "=", lead.id), ("rule_id", "=", rule.id), ("state", "=", "requested")],
            limit=1,
        )
        if waiting:
            return waiting.with_env(self.env)
        company = lead.sudo().company_id or rule.company_id  # as in the request
        people = self._get_approvers(lead, rule) - self.env.user
        people = people.filtered(lambda person: self._is_within(person, company))
        if not people:
            raise UserError(
                self.env._(
                    "Nobody is there to decide about “%(rule)s” but yourself. Ask %(owner)s to name"
                    " somebody in the rule.",
                    rule=rule.name,
                    owner=rule.standard_id.user_id.name or self.env._("an administrator"),
                )
            )
        vals = self._prepare_request(lead, rule, reason, people)
        register = register.with_env(register.env(context={"lang": self.env.lang}))
        request = register._sealed_create([vals])
        self.env["crm.standard.decision"]._note(request, "requested", reason, people)
        request._tell_approvers(people)
        return request.with_env(self.env)

    @api.model
    def _is_within(self, person, company) -> bool:
        """Tell whether somebody works in a company: else he could not open the request."""
        # where people work is no secret
        return not company or company in person.sudo().company_ids

    @api.model
    def _prepare_request(self, lead, rule, reason: str, people) -> dict:
        """Return the values of a new request."""
        lead = lead.sudo()  # the register keeps facts the asker need not see, such as the company
        return {
            "subject": rule.name,
            "rule_id": rule.id,
            "standard_id": rule.standard_id.id,
            "lead_id": lead.id,
            "lead_name": lead.name,
            "team_id": lead.team_id.id,
            "company_id": lead.company_id.id or rule.company_id.id,
            "user_id": self.env.uid,
            "reason": (reason or "").strip() or False,
            "date": self.env.cr.now(),
            "approver_ids": [fields.Command.set(people.ids)],
            "state": "requested",
        }

    @api.model
    def _get_approvers(self, lead, rule):
        """Hook: return who may decide about a rule for a lead."""
        return rule.sudo().standard_id.user_id.filtered("active")  # who is in charge is no secret

    def _tell_approvers(self, people) -> None:
        """Give each of them an activity, and start the clock the rule has for the decision."""
        for request in self:
            for person in people:
                in_his_words = request.with_context(lang=person.lang)
                in_his_words.activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=person.id,
                    summary=in_his_words.env._("Decide about “%(lead)s”", lead=request.lead_name),
                )
            policy = request.rule_id.decision_policy_id
            if policy and not request._deadline_open([CLOCK]):
                request._start_clock(policy)

    def _start_clock(self, policy) -> None:
        """Start the clock of the decision.

        A calendar without hours keeps nobody from asking: it is logged, and the health page tells
        it.
        """
        try:
            with self.env.cr.savepoint():
                self._deadline_start(policy, CLOCK)
        except UserError as error:
            _logger.warning("decisions by the policy %s: %s", policy.id, error)

    def _deadline_get_user(self):
        return self.approver_ids[:1]

    # ---- deciding -------------------------------------------------------------------------

    def _may_be_decided(self) -> bool:
        """Tell whether the user at work may decide about this request."""
        self.ensure_one()
        request = self.sudo()  # reading who was asked needs no right of the asked
        return may_decide(
            self.env.uid,
            request.user_id.id,
            request.approver_ids.ids,
            is_person=origin_of(self.env) == PERSON,
        )

    def _check_may_decide(self) -> None:
        """Refuse whoever was not asked, whoever asked himself, and machines."""
        self.check_access("read")
        for request in self:
            if request.sudo().state != "requested":  # see _may_be_decided
                raise UserError(
                    self.env._("“%(request)s” is decided already.", request=request.display_name)
                )
            if not request._may_be_decided():
                raise AccessError(
                    self.env._(
                        "Only those who were asked decide about “%(request)s”, never the person who"
                        " asked: %(people)s.",
                        request=request.display_name,
                        people=", ".join(request.sudo().approver_ids.mapped("name")),
                    )
                )

    def _decide(self, state: str, reason: str = "", **vals) -> None:
        """Write a decision down and tell the asker."""
        requests = self.sudo()  # whoever was asked may decide; the caller has checked it
        requests._sealed_write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "date_decided": self.env.cr.now(),
                "decision_reason": (reason or "").strip() or False,
                **vals,
            }
        )
        self.env["crm.standard.decision"]._note(self, state, reason)
        requests.activity_ids.unlink()
        requests._deadline_open([CLOCK])._stop()
        for request in requests.filtered(lambda r: r.user_id != self.env.user):
            request._tell_asker()

    def _describe_state(self) -> dict:
        """Return how the request stands, as the panel shows it; empty where there is none."""
        if not self:
            return {}
        states = dict(self._fields["state"]._description_selection(self.env))
        return {
            "id": self.id,
            "model": self._name,
            "state": self.state,
            "label": states[self.state],
            "people": ", ".join(self.approver_ids.mapped("name")),
            "reason": self.decision_reason or "",
            "is_mine": self.user_id == self.env.user,
        }

    def _tell_asker(self) -> None:
        """Tell the asker at his screen what became of his request."""
        self.ensure_one()
        states = dict(self._fields["state"]._description_selection(self.env))
        notice = {
            "type": "success" if self.state == "approved" else "warning",
            "title": f"{self.subject}: {states[self.state]}",
            "message": " · ".join(filter(None, (self.lead_name, self.decision_reason))),
            "sticky": True,
        }
        self.user_id._bus_send("simple_notification", notice)

    def action_approve(self, reason=""):
        """Grant what was asked."""
        self._check_may_decide()
        self._decide("approved", reason)

    def action_refuse(self, reason=""):
        """Refuse what was asked, and say why."""
        self._check_may_decide()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why you refuse, so that the other can do better."))
        self._decide("refused", reason)

    def action_withdraw(self, reason=""):
        """Take one's own request back while nobody has decided."""
        self.check_access("read")
        for request in self:
            # reading who asked needs no right of the asked
            if request.sudo().user_id != self.env.user or request.state != "requested":
                raise AccessError(
                    self.env._(
                        "Only the person who asked takes “%(request)s” back, and only while nobody"
                        " has decided.",
                        request=request.display_name,
                    )
                )
        self._decide("withdrawn", reason)

    def action_delegate(self, user_id, reason=""):
        """Leave the decision to somebody else.

        :param user_id: id of an active employee who is not the one who asked
        """
        self._check_may_decide()
        # whether somebody is an active employee is no secret
        person = self.env["res.users"].sudo().browse(user_id).exists().filtered("active")
        if not person or not person._is_internal() or person in self.sudo().user_id:
            raise UserError(self.env._("Choose an employee who is not the person who asked."))
        requests = self.sudo()  # see _decide
        if not all(self._is_within(person, request.company_id) for request in requests):
            raise UserError(
                self.env._(
                    "%(person)s does not work in the company of the request. Choose"
                    " somebody who does.",
                    person=person.name,
                )
            )
        requests._sealed_write({"approver_ids": [fields.Command.set(person.ids)]})
        self.env["crm.standard.decision"]._note(self, "delegated", reason, person)
        requests.activity_ids.unlink()
        requests._tell_approvers(person)

    def action_open_decision(self):
        """Open the dialog in which a decision and its reason are written."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decide"),
            "res_model": "crm.standard.decide",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_res_model": self._name,
                "default_res_id": self.id,
                "default_deed": self.env.context.get("deed", "approve"),
            },
        }
