from __future__ import annotations

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import clean_context

from ...logic.assignment import OPEN, WAITING

STATES = [
    ("offered", "Offered"),
    ("accepted", "Accepted"),
    ("declined", "Declined"),
    ("done", "Done"),
    ("checked", "Checked"),
    ("returned", "Returned"),
    ("cancelled", "Cancelled"),
]

#: What its sender may say about an assignment, and only while nobody has taken it on.
TERMS_FIELDS = frozenset(
    {"name", "description", "user_id", "controller_id", "work_policy_id", "date_deadline"}
)
#: What a new assignment is made of; everything else comes from deeds.
NEW_FIELDS = TERMS_FIELDS | {"lead_id", "accept_policy_id"}


class CrmStandardAssignment(models.Model):
    """A task that one person gives another: to take over a deal at a stage, or an order.

    The receiver accepts or declines with a reason, the sender sees what became of it, and a
    controller, if one is named, checks what was done. Every deed is in a log that nobody can
    change (``crm.standard.assignment.event``); which deeds there are: ``logic/assignment.py`` and
    ``crm_standard_assignment_deeds.py``.

    It gives no rights to the deal. Who takes it over becomes its salesperson; anybody else reads
    here what it is about.
    """

    _name = "crm.standard.assignment"
    _description = "Assignment"
    _inherit = ["mail.thread", "mail.activity.mixin", "crm.deadline.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    name = fields.Char(string="Task", required=True)
    description = fields.Text(string="What to do", help="What is handed over, what is expected.")
    lead_id = fields.Many2one(
        "crm.lead",
        string="Opportunity",
        ondelete="set null",
        index="btree_not_null",
        check_company=True,
    )
    lead_name = fields.Char(
        string="Opportunity then",
        readonly=True,
        help="Its name, also for those who may not open the opportunity.",
    )
    stage_id = fields.Many2one("crm.stage", readonly=True, ondelete="set null")
    duty_id = fields.Many2one(
        "crm.standard.stage.duty",
        string="By the standard",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="The line of the standard it came from; empty for an order given by hand.",
    )
    is_takeover = fields.Boolean(
        string="Takes over the deal",
        readonly=True,
        help="Whoever accepts becomes the salesperson of the opportunity.",
    )
    sender_id = fields.Many2one(
        "res.users", string="Given by", readonly=True, ondelete="restrict", index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Assignee",
        required=True,
        ondelete="restrict",
        index=True,
        domain=[("share", "=", False)],
    )
    controller_id = fields.Many2one(
        "res.users",
        ondelete="restrict",
        index="btree_not_null",
        domain=[("share", "=", False)],
        help="Checks what was done. Empty: the one who gave it.",
    )
    team_id = fields.Many2one(
        "crm.team", readonly=True, ondelete="set null", index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    state = fields.Selection(
        STATES,
        default="offered",
        required=True,
        readonly=True,
        index=True,
        group_expand="_group_expand_states",
    )
    reason = fields.Text(
        readonly=True, help="Why it was declined, returned or cancelled, the last time."
    )
    accept_policy_id = fields.Many2one(
        "crm.deadline.policy", string="Accept within", check_company=True, ondelete="set null"
    )
    work_policy_id = fields.Many2one(
        "crm.deadline.policy",
        string="Do within",
        check_company=True,
        ondelete="set null",
        help="Counted from the moment it is accepted.",
    )
    date = fields.Datetime(string="Given on", readonly=True, index=True)
    date_accept_deadline = fields.Datetime(string="Accept until", readonly=True)
    date_accepted = fields.Datetime(string="Accepted on", readonly=True)
    date_deadline = fields.Datetime(
        string="Do until", help="By hand, or from the policy when it is accepted."
    )
    date_done = fields.Datetime(string="Done on", readonly=True)
    is_accept_late = fields.Boolean(string="Accepted late", readonly=True)
    is_late = fields.Boolean(
        string="Late", readonly=True, help="Not done until its deadline, whatever came of it later."
    )
    count = fields.Integer(
        string="Assignments", default=1, readonly=True, aggregator="sum", help="For sums."
    )
    event_ids = fields.One2many("crm.standard.assignment.event", "assignment_id", readonly=True)

    # what the buttons ask
    is_mine_to_do = fields.Boolean(compute="_compute_parties")
    is_mine_to_check = fields.Boolean(compute="_compute_parties")
    is_mine_to_direct = fields.Boolean(compute="_compute_parties")

    _open_once = models.UniqueIndex(
        "(lead_id, duty_id) WHERE state IN ('offered', 'accepted', 'declined', 'returned')"
        " AND duty_id IS NOT NULL",
        "This stage of the opportunity is assigned already.",
    )
    _waiting_idx = models.Index("(user_id) WHERE state IN ('offered', 'accepted', 'returned')")

    @api.depends("sender_id", "user_id", "controller_id")
    @api.depends_context("uid")
    def _compute_parties(self):
        for assignment in self:
            parties = assignment._get_parties()
            assignment.is_mine_to_do = "receiver" in parties
            assignment.is_mine_to_check = "controller" in parties
            assignment.is_mine_to_direct = "sender" in parties

    @api.model
    def _group_expand_states(self, states, domain):
        """Return the columns of the kanban: the usual way always, the others where they occur."""
        usual = ("offered", "accepted", "done")
        return [state for state, _label in STATES if state in usual or state in states]

    @api.constrains("user_id", "controller_id")
    def _check_people(self):
        for assignment in self:
            if assignment.controller_id and assignment.controller_id == assignment.user_id:
                raise ValidationError(
                    self.env._(
                        "“%(assignment)s”: nobody checks his own work. Choose another controller.",
                        assignment=assignment.name,
                    )
                )

    # ---- giving ---------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Give orders by hand; stages give theirs through :meth:`_give`."""
        vals_list = [self._prepare_order(vals) for vals in vals_list]
        # the caller's context must not put words into it
        env = self.env(context=clean_context(self.env.context))
        return self.with_env(env)._give(vals_list)

    @api.model
    def _prepare_order(self, vals: dict) -> dict:
        """Return the values of an order by the person at the screen, and only what he may say."""
        defaults = self.default_get(list(NEW_FIELDS))
        vals = {k: v for k, v in {**defaults, **vals}.items() if k in NEW_FIELDS}
        lead = self.env["crm.lead"].browse(vals.get("lead_id") or ())
        lead.check_access("read")  # an order tells the receiver of the deal
        company = lead.company_id or self.env.company
        if not vals.get("accept_policy_id"):
            vals["accept_policy_id"] = company.standard_accept_policy_id.id
        receiver = self.env["res.users"].browse(vals.get("user_id") or ())
        team = lead.team_id or receiver.sudo().sale_team_id  # whose leader sees it
        return {
            **vals,
            "lead_name": lead.name,
            "stage_id": lead.stage_id.id,
            "sender_id": self.env.uid,
            "team_id": team.id,
            "company_id": company.id,
        }

    @api.model
    def _give(self, vals_list: list[dict]):
        """Create assignments, log them, start their clocks and tell the receivers."""
        fixed = {"state": "offered", "date": fields.Datetime.now(), "count": 1}
        # pylint: disable=super-method-mismatch; stages give past the door for orders by hand
        assignments = super().create([{**vals, **fixed} for vals in vals_list])
        assignments._log("offer", {})
        assignments._ask_receivers()
        return assignments

    def write(self, vals):
        """Change the terms of an offer; everything else is a deed and has its own button."""
        chatter = {name for name in vals if name.startswith(("message_", "activity_"))}
        if terms := vals.keys() - chatter:
            self._check_terms(terms)
        result = super().write(vals)
        if "user_id" in terms:
            self._ask_receivers()
        return result

    def _check_terms(self, names) -> None:
        """Refuse to change facts, or what somebody has taken on already.

        :raise AccessError: a fact, or somebody else's assignment
        :raise UserError: it has been accepted, and a deal is a deal
        """
        if not TERMS_FIELDS.issuperset(names):
            raise AccessError(
                self.env._("What became of an assignment is written by its buttons only.")
            )
        for assignment in self:
            if "sender" not in assignment._get_parties():
                raise AccessError(
                    self.env._(
                        "Only who gave “%(assignment)s” may change it.", assignment=assignment.name
                    )
                )
            if assignment.state not in ("offered", "declined"):
                raise UserError(
                    self.env._(
                        "“%(assignment)s” has been accepted as it is. Cancel it and give a new"
                        " one.",
                        assignment=assignment.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Assignments are kept. Cancel this one and say why instead."))

    def copy(self, default=None):
        raise UserError(self.env._("An assignment is not copied; give a new one."))

    def _write_fact(self, vals: dict):
        """Write what became of it: only deeds and clocks come this way."""
        # pylint: disable=super-method-mismatch; going round our own refusal is the point
        return super().write(vals)

    # ---- who is who -----------------------------------------------------------------------

    def _get_parties(self) -> set[str]:
        """Return the parts that the person at the screen plays in this assignment.

        A controller of the standards may direct any; nobody checks what he did himself.
        """
        self.ensure_one()
        user, parties = self.env.user, set()
        if user == self.user_id:
            parties.add("receiver")
        if user == self.sender_id or user.has_group("crm_standards.group_manager"):
            parties.add("sender")
        if user == (self.controller_id or self.sender_id) and user != self.user_id:
            parties.add("controller")
        return parties

    @api.model
    def _get_open_counts(self, user_ids) -> dict[int, int]:
        """Return how many assignments each of these people has to accept or to do."""
        counts = self.sudo()._read_group(  # how busy people are, not with what
            [("user_id", "in", list(user_ids)), ("state", "in", list(WAITING))],
            ["user_id"],
            ["__count"],
        )
        return {user.id: count for user, count in counts}

    def _follow_merge(self, head) -> None:
        """Go over to the lead that others were merged into; stages of the others end."""
        open_ones = self.filtered(lambda assignment: assignment.state in OPEN)
        stages = open_ones.filtered("duty_id")
        stages._do("cancel", self.env._("The opportunity was merged into another."), "system")
        (self - stages)._write_fact({"lead_id": head.id})
