from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

#: What the hand-over itself notes; nobody writes it by hand, not in sudo either.
FACTS = frozenset(
    {
        "state",
        "giver_team_ids",
        "share_ids",
        "line_ids",
        "ordered_by_id",
        "order_reason",
        "date_offered",
        "date_done",
        "date_take_back",
        "is_return_offered",
    }
)

#: What is agreed before the offer and stands afterwards.
TERMS = frozenset(
    {
        "giver_id",
        "reason",
        "date_until",
        "rule",
        "receiver_ids",
        "team_ids",
        "company_id",
        "take_back_days",
        "note",
    }
)


class CrmStandardHandover(models.Model):
    """The work of one person passes to others: who gets what, why, and what became of it.

    First everything is listed and nothing happens; then it is offered, accepted and moved; within
    its term it can be taken back. The register of it is kept for ever.

    The other files ``crm_standard_handover_*.py`` hold the plan, the course and the move.
    """

    _name = "crm.standard.handover"
    _description = "Hand-over"
    _inherit = ["mail.thread", "mail.activity.mixin", "crm.deadline.mixin"]
    _order = "id desc"
    _rec_name = "giver_id"
    _check_company_auto = True

    giver_id = fields.Many2one(
        "res.users",
        string="Work of",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False), ("active", "in", [True, False])],
        index=True,
        ondelete="restrict",
        help="Whose work passes on. People who have left can be chosen, too.",
    )
    giver_team_ids = fields.Many2many(
        "crm.team",
        "crm_standard_handover_giver_team_rel",
        string="Teams of the Giver",
        compute="_compute_giver_team_ids",
        store=True,
        help="Past ones included: their leaders see the hand-over, and of the work their part.",
    )
    reason = fields.Selection(
        [("absence", "Absence"), ("leaving", "Leaving"), ("other", "Other")],
        default="absence",
        required=True,
    )
    note = fields.Text(
        string="For the Receivers", help="What the receivers should know: promises, special cases."
    )
    date_until = fields.Date(
        string="Absent until", help="The last day of the absence; then the work is offered back."
    )
    rule = fields.Selection(
        [
            ("one", "All to one person"),
            ("team", "To a colleague of each record's team"),
            ("turn", "Evenly among several"),
        ],
        string="Who Gets What",
        default="one",
        required=True,
    )
    receiver_ids = fields.Many2many(
        "res.users",
        "crm_standard_handover_receiver_rel",
        string="Receivers",
        domain=[("share", "=", False)],
    )
    team_ids = fields.Many2many(
        "crm.team",
        string="Only of these Teams",
        check_company=True,
        help="Leave empty for all the work. The leader of a team passes on the work of his team.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    take_back_days = fields.Integer(
        string="Can Be Taken Back for (days)",
        default=30,
        help="After the absence, or after the move if there is none.",
    )
    state = fields.Selection(
        [
            ("draft", "Preview"),
            ("offered", "Offered"),
            ("accepted", "Accepted"),
            ("done", "Done"),
            ("returned", "Taken Back"),
            ("declined", "Declined"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    ordered_by_id = fields.Many2one(
        "res.users", string="Offered by", readonly=True, copy=False, ondelete="restrict"
    )
    order_reason = fields.Char(
        string="Ordered Because",
        readonly=True,
        copy=False,
        help="Why a controller did not wait for the receivers.",
    )
    date_offered = fields.Datetime(string="Offered on", readonly=True, copy=False)
    date_done = fields.Datetime(string="Done on", readonly=True, copy=False)
    date_take_back = fields.Date(string="Can Be Taken Back until", readonly=True, copy=False)
    is_return_offered = fields.Boolean(readonly=True, copy=False)
    share_ids = fields.One2many(
        "crm.standard.handover.share", "handover_id", string="Answers", readonly=True, copy=False
    )
    line_ids = fields.One2many(
        "crm.standard.handover.line", "handover_id", string="Work", readonly=True, copy=False
    )
    line_count = fields.Integer(string="Records", compute="_compute_line_count")
    problem_count = fields.Integer(string="Not Moved", compute="_compute_line_count")
    summary = fields.Char(string="What", compute="_compute_line_count")
    is_giver_active = fields.Boolean(related="giver_id.active", string="Still Works Here")
    is_mine_to_answer = fields.Boolean(compute="_compute_is_mine_to_answer")
    can_order = fields.Boolean(compute="_compute_can_order")
    can_take_back = fields.Boolean(compute="_compute_can_take_back")

    _days_not_negative = models.Constraint(
        "CHECK(take_back_days >= 0)", "The days in which work can be taken back are not negative."
    )

    @api.depends("giver_id", "receiver_ids")
    def _compute_display_name(self):
        for handover in self:
            receivers = ", ".join(handover.receiver_ids.mapped("name"))
            handover.display_name = f"{handover.giver_id.name} → {receivers or '?'}"

    @api.depends("giver_id")
    def _compute_giver_team_ids(self):
        # sudo: memberships end when a user is archived, but his leader takes care of his work
        members = self.env["crm.team.member"].sudo().with_context(active_test=False)
        for handover in self:
            domain = [("user_id", "=", handover.giver_id.id)]
            handover.giver_team_ids = members.search(domain).crm_team_id

    @api.depends("line_ids.state")
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_line_count(self):
        groups = self.env["crm.standard.handover.line"]._read_group(
            [("handover_id", "in", self.ids)],
            ["handover_id", "res_model", "state"],
            ["__count"],
        )
        get_model = self.env["ir.model"]._get
        for handover in self:
            counts, total, problems = {}, 0, 0
            for owner, model, state, count in groups:
                if owner == handover._origin and state != "skipped":
                    counts[model] = counts.get(model, 0) + count
                    total += count
                    problems += count if state in ("failed", "kept") else 0
            handover.line_count, handover.problem_count = total, problems
            parts = [f"{get_model(name).name}: {count}" for name, count in counts.items()]
            handover.summary = ", ".join(parts)

    @api.depends("share_ids.state")
    @api.depends_context("uid")
    def _compute_is_mine_to_answer(self):
        for handover in self:
            handover.is_mine_to_answer = bool(handover._get_share(self.env.user, "offered"))

    @api.depends("giver_id", "state")
    @api.depends_context("uid")
    def _compute_can_order(self):
        for handover in self:
            handover.can_order = bool(handover.giver_id) and handover._may_order()

    @api.depends("giver_id", "order_reason", "ordered_by_id")
    @api.depends_context("uid")
    def _compute_can_take_back(self):
        for handover in self:
            handover.can_take_back = handover._may_take_back()

    @api.constrains("giver_id", "receiver_ids", "rule", "reason", "date_until")
    def _check_terms(self):
        for handover in self:
            if handover.giver_id in handover.receiver_ids:
                raise ValidationError(
                    self.env._("Nobody hands work over to himself: choose other receivers.")
                )
            if handover.rule == "one" and len(handover.receiver_ids) > 1:
                raise ValidationError(
                    self.env._("Choose one receiver, or let the work be shared among several.")
                )
            if handover.reason == "absence" and handover.state != "draft":
                handover._check_date_until()

    def _check_date_until(self):
        if not self.date_until:
            raise ValidationError(
                self.env._("Say until when %(giver)s is absent.", giver=self.giver_id.name)
            )

    # ---- who may ---------------------------------------------------------------------------

    def _get_led_teams(self):
        """Return the teams of the giver, past ones included, that the user leads."""
        # sudo: who leads whom decides about a right, whatever one may read
        teams = self.sudo().giver_team_ids.filtered(lambda team: team.user_id == self.env.user)
        return teams.sudo(self.env.su)

    @api.model
    def _is_controller(self) -> bool:
        """Tell whether the user is a controller, or the system itself."""
        return self.env.uid == api.SUPERUSER_ID or self.env.user.has_group(
            "crm_standards.group_manager"
        )

    def _may_take_back(self) -> bool:
        """Tell whether the user may give the work back; see :meth:`_check_may_take_back`."""
        if self.order_reason:
            return self._is_controller()
        return self._may_order_all() or self.ordered_by_id == self.env.user

    def _may_order_all(self) -> bool:
        """Tell whether the user decides about all the work: it is his own, or he is controller."""
        self.ensure_one()
        return self.env.uid == self.giver_id.id or self._is_controller()

    def _may_order(self) -> bool:
        """Tell whether the user may hand over this person's work, all or that of his teams."""
        return self._may_order_all() or bool(self._get_led_teams())

    def _check_may_order(self) -> None:
        """Refuse whoever is neither the giver, nor his leader, nor a controller."""
        for handover in self:
            if not handover._may_order():
                raise AccessError(
                    self.env._(
                        "Work is handed over by the person, by the leader of the sales team or by"
                        " a controller. Ask one of them about the work of %(giver)s.",
                        giver=handover.giver_id.name,
                    )
                )

    # ---- writing ---------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_no_facts(vals)
        # explicit, because the caller's context could give defaults for them
        unborn = {name: False for name in FACTS if not name.endswith("_ids")}
        handovers = super().create([{**vals, **unborn, "state": "draft"} for vals in vals_list])
        # these teams give rights: they are looked up, whatever context or defaults may say
        self.env.add_to_compute(self._fields["giver_team_ids"], handovers)
        handovers._check_may_order()
        return handovers

    def write(self, vals):
        self._check_no_facts(vals)
        is_about_terms = not TERMS.isdisjoint(vals)
        if is_about_terms:
            self._check_state("draft")
            self._check_may_order()
            self._forget_plan()
        result = super().write(vals)
        if is_about_terms:
            self._check_may_order()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_preview(self):
        self._check_may_order()
        if any(handover.date_offered for handover in self):
            raise UserError(
                self.env._(
                    "What was offered once stays in the register. Cancel the hand-over instead."
                )
            )

    @api.model
    def _check_no_facts(self, vals):
        """Refuse to set what only the course of the hand-over notes."""
        if not FACTS.isdisjoint(vals):
            raise AccessError(
                self.env._(
                    "What became of a hand-over is noted by the system and cannot be written."
                )
            )

    def _write_fact(self, vals):
        """Note what became of the hand-over: only its own course comes this way."""
        # pylint: disable=super-method-mismatch; going round our own refusal is the point
        # sudo: the receiver moves what he accepts without a right on the register
        return super(CrmStandardHandover, self.sudo()).write(vals)

    @api.model
    def _create_offer(self, vals):
        """Prepare a hand-over in the system's name, whoever caused it."""
        # pylint: disable=super-method-mismatch; the person who archives a user need not be one
        # who may hand over; nothing happens until one who may offers it
        return super().create([{**vals, "state": "draft"}])

    def _check_state(self, *states):
        """Refuse what does not fit the state of the hand-over."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        for handover in self:
            if handover.state not in states:
                raise UserError(
                    self.env._(
                        "“%(handover)s” is in state “%(state)s”: this is not possible any more.",
                        handover=handover.display_name,
                        state=labels[handover.state],
                    )
                )

    def _get_share(self, user, *states):
        """Return the user's part of this hand-over in one of the states."""
        # sudo: one's own part is found whatever one may read
        shares = self.sudo().share_ids
        return shares.filtered(lambda share: share.user_id == user and share.state in states)

    def _deadline_get_user(self):
        self.ensure_one()
        # sudo: receivers are responsible whoever asks
        waiting = self.sudo().share_ids.filtered(lambda share: share.state == "offered")
        return waiting[:1].user_id
