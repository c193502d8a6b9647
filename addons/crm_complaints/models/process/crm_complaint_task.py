from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import clean_context

from ...logic.task import IN_HANDS, OPEN, is_over

STATES = [
    ("waiting", "Waits for Others"),
    ("offered", "Offered"),
    ("accepted", "Accepted"),
    ("started", "Started"),
    ("returned", "Returned"),
    ("refused", "Refused"),
    ("done", "Done"),
    ("checked", "Checked"),
    ("cancelled", "Cancelled"),
]

#: What whoever gives a task may say about it, and only while nobody has taken it on.
TERMS_FIELDS = frozenset(
    {
        "name",
        "description",
        "user_id",
        "controller_id",
        "accept_policy_id",
        "work_policy_id",
        "date_deadline",
    }
)
#: What a new order is made of; everything else comes from deeds.
NEW_FIELDS = TERMS_FIELDS | {"complaint_id"}


class CrmComplaintTask(models.Model):
    """A piece of work on a complaint in somebody's hands: a step of the process, or an order.

    Whoever gets it accepts it or refuses with a reason, both in time; then the time for the work
    counts. A controller, if one is named, checks the result. Every deed is in a log that nobody
    can change (``crm.complaint.task.event``); which deeds there are: ``logic/task.py`` and
    ``crm_complaint_task_deed.py``.

    Whoever has a task reads on it what the complaint is about. Clerks see the complaint, too.
    """

    _name = "crm.complaint.task"
    _description = "Task of a Complaint"
    _inherit = ["mail.thread", "mail.activity.mixin", "crm.deadline.mixin"]
    _order = "date_deadline, id"
    _check_company_auto = True

    name = fields.Char("Task", required=True)
    description = fields.Text("What to Do")
    complaint_id = fields.Many2one(
        "crm.complaint", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="complaint_id.company_id", store=True, precompute=True, index=True
    )
    step_id = fields.Many2one(
        "crm.complaint.step",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The step of the process it does; empty for an order given by hand.",
    )
    next_step_id = fields.Many2one(
        "crm.complaint.step",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="What was chosen to follow, where there was a choice.",
    )
    team_id = fields.Many2one(
        "crm.team", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    sender_id = fields.Many2one(
        "res.users", "Given by", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users",
        "In the Hands of",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("share", "=", False)],
        help="Empty: in nobody's hands. Whoever works on the complaint may take it.",
    )
    controller_id = fields.Many2one(
        "res.users",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("share", "=", False)],
        help="Checks what was done. Empty: nobody has to.",
    )
    state = fields.Selection(
        STATES,
        required=True,
        default="offered",
        readonly=True,
        index=True,
        group_expand="_group_expand_states",
    )
    is_open = fields.Boolean(
        compute="_compute_is_open",
        store=True,
        help="Something has to be done yet: accept it, do it, check it.",
    )
    reason = fields.Text(
        readonly=True, help="Why it was refused, returned or cancelled, the last time."
    )
    result = fields.Text(readonly=True, help="What was found or done, as whoever did it says.")
    accept_policy_id = fields.Many2one(
        "crm.deadline.policy",
        "Accept Within",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    work_policy_id = fields.Many2one(
        "crm.deadline.policy",
        "Do Within",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Counted from acceptance; it stops while the case waits for the customer.",
    )
    date = fields.Datetime("Given on", readonly=True, index=True)
    date_accept_deadline = fields.Datetime("Accept until", readonly=True)
    date_accepted = fields.Datetime("Accepted on", readonly=True)
    date_started = fields.Datetime("Started on", readonly=True)
    date_deadline = fields.Datetime(
        "Do until", help="By hand, or from the term when it is accepted."
    )
    date_done = fields.Datetime("Done on", readonly=True)
    is_accept_late = fields.Boolean("Accepted Late", readonly=True)
    is_late = fields.Boolean(
        "Late", readonly=True, help="Not done until its deadline, whatever came of it later."
    )
    check_ids = fields.One2many("crm.complaint.task.check", "task_id", "Checklist")
    event_ids = fields.One2many("crm.complaint.task.event", "task_id", "Log", readonly=True)

    _waiting_idx = models.Index(
        "(user_id) WHERE state IN ('offered', 'accepted', 'started', 'returned')"
    )
    _open_idx = models.Index("(date_deadline, id) WHERE is_open IS TRUE")
    _step_once = models.UniqueIndex(
        "(complaint_id, step_id) WHERE step_id IS NOT NULL AND state IN"
        " ('waiting', 'offered', 'accepted', 'started', 'returned', 'refused')",
        "This step of the complaint is under way already.",
    )

    @api.depends("state", "controller_id")
    def _compute_is_open(self):
        for task in self:
            is_checked = bool(task.controller_id)
            task.is_open = task.state in OPEN and not is_over(task.state, is_checked=is_checked)

    @api.model
    def _group_expand_states(self, states, domain):
        """Return the columns of the board: the usual way always, the others where they occur."""
        usual = ("offered", "accepted", "started", "done")
        return [state for state, _label in STATES if state in usual or state in states]

    @api.constrains("user_id", "controller_id")
    def _check_people(self):
        for task in self:
            if task.controller_id and task.controller_id == task.user_id:
                raise ValidationError(
                    self.env._(
                        "“%(task)s”: nobody checks his own work. Choose another controller.",
                        task=task.name,
                    )
                )
            # sudo: the answer must not depend on who gives the task
            people, complaint = task.user_id | task.controller_id, task.sudo().complaint_id
            if shut_out := people - complaint._filter_let_in(people):
                raise ValidationError(
                    self.env._(
                        "%(people)s must not see “%(complaint)s” and cannot work on it. Choose"
                        " somebody else, or name the person under “Also Seen by”.",
                        people=", ".join(shut_out.mapped("name")),
                        complaint=complaint.display_name,
                    )
                )

    # ---- giving ---------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Give orders by hand; the process gives its steps through :meth:`_give`."""
        vals_list = [self._prepare_order(vals) for vals in vals_list]
        # the caller's context must not put words into it
        env = self.env(context=clean_context(self.env.context))
        return self.with_env(env)._give(vals_list)

    @api.model
    def _prepare_order(self, vals):
        """Return the values of an order by the person at the screen, and only what he may say."""
        defaults = self.default_get(list(NEW_FIELDS))
        vals = {k: v for k, v in {**defaults, **vals}.items() if k in NEW_FIELDS}
        complaint = self.env["crm.complaint"].browse(vals.get("complaint_id") or ())
        if not complaint:
            raise UserError(self.env._("Say which complaint the task is about."))
        complaint.check_access("write")  # an order tells its receiver of the complaint
        if not vals.get("user_id"):
            raise UserError(self.env._("Say whose task it is."))
        receiver = self.env["res.users"].browse(vals["user_id"])
        # sudo: the team of a colleague is no secret
        team = receiver.sudo().crm_team_member_ids.crm_team_id[:1] or complaint.team_id
        return {**vals, "sender_id": self.env.uid, "team_id": team.id}

    @api.model
    def _give(self, vals_list):
        """Create tasks, log them, start their clocks and tell who got them.

        A task of the person at the screen, given by nobody else, needs no acceptance.
        """
        now = fields.Datetime.now()
        # pylint: disable=super-method-mismatch; the process gives past the door for orders
        tasks = super().create([{"state": "offered", **vals, "date": now} for vals in vals_list])
        waiting = tasks.filtered(lambda task: task.state == "waiting")
        waiting._log("await", {})
        (tasks - waiting)._log("offer", {})
        tasks._put_before_receivers()
        return tasks

    def write(self, vals):
        """Change the terms of an offer; everything else is a deed and has its own button."""
        chatter = {name for name in vals if name.startswith(("message_", "activity_"))}
        terms = vals.keys() - chatter - {"check_ids"}
        if terms:
            self._check_terms(terms)
        result = super().write(vals)
        if "user_id" in terms:
            self._do("offer")
        return result

    def _check_terms(self, names):
        """Refuse to change facts, or what somebody has taken on already.

        :raise AccessError: a fact, or not this person's to say
        :raise UserError: it has been accepted, and a deal is a deal
        """
        if not TERMS_FIELDS.issuperset(names):
            raise AccessError(self.env._("What became of a task is written by its buttons only."))
        for task in self:
            if "director" not in task._get_parties():
                raise AccessError(
                    self.env._(
                        "Only who gave “%(task)s”, or is responsible for the complaint, may change"
                        " it.",
                        task=task.name,
                    )
                )
            allowed = {"offered", "refused", "waiting"}
            # a step may be put into other hands at any time: the case must go on
            if task.step_id and set(names) <= {"user_id", "controller_id"}:
                allowed |= IN_HANDS
            if task.state not in allowed:
                raise UserError(
                    self.env._(
                        "“%(task)s” has been accepted as it is. Cancel it and give a new one.",
                        task=task.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Tasks are kept. Cancel this one and say why instead."))

    def copy(self, default=None):
        raise UserError(self.env._("A task is not copied; give a new one."))

    def _write_fact(self, vals):
        """Write what became of it: only deeds and clocks come this way."""
        # pylint: disable=super-method-mismatch; going round our own refusal is the point
        return super().write(vals)
