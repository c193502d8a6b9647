from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("containment", "Containment"),
    ("corrective", "Corrective"),
    ("preventive", "Preventive"),
]
STATES = [
    ("planned", "Planned"),
    ("doing", "In Work"),
    ("done", "Carried Out"),
    ("effective", "Effective"),
    ("cancelled", "Cancelled"),
]
OPEN_STATES = ("planned", "doing")
#: After how many days the effect of a kind is checked. Containment cures no cause.
CHECK_DAYS = {"containment": 0, "corrective": 90, "preventive": 90}


class CrmComplaintAction(models.Model):
    """What is done so that it stops, does not come again, or never comes: D3, D5 to D7 of 8D.

    An action serves one complaint or several. How it moves stands in ``crm_complaint_action_deed``,
    who sees it in ``crm_complaint_action_secret``, how its effect is checked in
    ``crm_complaint_action_effect``.
    """

    _name = "crm.complaint.action"
    _description = "Action after Complaints"
    _inherit = ["mail.thread", "mail.activity.mixin", "crm.deadline.mixin"]
    _order = "date_deadline, id desc"
    _check_company_auto = True

    name = fields.Char("Action", required=True, tracking=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        KINDS,
        required=True,
        default="corrective",
        tracking=True,
        help="Containment stops the harm, a corrective action removes the cause, a preventive one"
        " keeps it from arising elsewhere.",
    )
    description = fields.Text("What to Do")
    complaint_ids = fields.Many2many("crm.complaint", string="Complaints", check_company=True)
    complaint_count = fields.Integer(compute="_compute_complaint_count")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("crm_complaints.group_user").ids)
        ],
        help="Who answers for the action.",
    )
    policy_id = fields.Many2one(
        "crm.deadline.policy",
        "Term",
        compute="_compute_policy_id",
        store=True,
        readonly=False,
        ondelete="restrict",
        check_company=True,
        help="How long it may take, and who is told when it takes longer.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    cost = fields.Monetary(help="What the action costs, as far as it is known.", tracking=True)
    result = fields.Text(help="What was done, and where that can be seen.")

    # --- what its effect is looked for in
    cause_id = fields.Many2one(
        "crm.complaint.cause",
        compute="_compute_cause_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="The cause it works against. Complaints with this cause, or one below it, are"
        " compared before and after.",
    )
    product_id = fields.Many2one(
        "product.product",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Only complaints about this product are compared.",
    )
    about_user_id = fields.Many2one(
        "res.users",
        "Employee",
        ondelete="restrict",
        check_company=True,
        help="Only complaints about this employee are compared. He or she does not see the action.",
    )
    check_days = fields.Integer(
        "Window (Days)",
        compute="_compute_check_days",
        store=True,
        readonly=False,
        tracking=True,
        help="So many days before and after it was carried out are compared. 0: no check.",
    )

    _cost_positive = models.Constraint("CHECK (cost >= 0)", "The cost cannot be below zero.")
    _check_days_range = models.Constraint(
        "CHECK (check_days BETWEEN 0 AND 3660)", "The window is between 0 and 3660 days."
    )

    @api.depends("complaint_ids")
    @api.depends_context("uid")
    def _compute_complaint_count(self):
        complaints = self.env["crm.complaint"].with_context(active_test=False)
        domain = [("action_ids", "in", self.ids)]
        counts = dict(complaints._read_group(domain, ["action_ids"], ["__count"]))
        for action in self:
            action.complaint_count = counts.get(action._origin, 0)

    @api.depends("kind", "company_id")
    def _compute_policy_id(self):
        for action in self:
            action.policy_id = action._get_default_policy()

    @api.depends("complaint_ids.main_cause_id")
    def _compute_cause_id(self):
        """Take the main cause of the complaints if they have one in common."""
        for action in self:
            causes = action.complaint_ids.main_cause_id
            action.cause_id = action.cause_id or (causes if len(causes) == 1 else False)

    @api.depends("kind")
    def _compute_check_days(self):
        for action in self:
            action.check_days = CHECK_DAYS.get(action.kind, 0)

    def _get_default_policy(self):
        """Hook: return the ``crm.deadline.policy`` proposed for an action of this kind."""
        self.ensure_one()
        name = f"crm_complaints.crm_deadline_policy_action_{self.kind}"
        policy = self.env.ref(name, raise_if_not_found=False)
        if not policy or not policy.active:
            return False
        return policy if policy.company_id <= self.company_id else False

    @api.constrains("user_id", "about_user_id", "complaint_ids")
    def _check_owner(self):
        for action in self:
            # sudo: the answer must not depend on who plans
            hidden = action.sudo().complaint_ids.hidden_user_ids | action.about_user_id
            if action.user_id in hidden:
                raise ValidationError(
                    self.env._(
                        "%(person)s cannot answer for “%(action)s”: a complaint it follows from is"
                        " hidden from him or her. Choose somebody else.",
                        person=action.user_id.name,
                        action=action.name,
                    )
                )

    def action_complaints(self):
        """Open the complaints that the action follows from."""
        self.ensure_one()
        window = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_complaints.crm_complaint_action"
        )
        return {**window, "domain": [("id", "in", self.complaint_ids.ids)], "context": {}}
