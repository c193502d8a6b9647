from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...logic.priority import PRIORITIES, priority
from .crm_complaint_category import LEVEL_CHOICES

OUTCOMES = [
    ("upheld", "Upheld"),
    ("partly", "Partly upheld"),
    ("rejected", "Rejected"),
    ("withdrawn", "Withdrawn"),
]
PRIORITY_CHOICES = list(zip(PRIORITIES, ("Low", "Medium", "High", "Urgent"), strict=True))
#: How far the clock of whoever hands a complaint over may be ahead of ours.
CLOCK_SKEW = timedelta(minutes=5)


class CrmComplaint(models.Model):
    """A complaint, from the moment it came in to its end. It can never be deleted.

    What it can do stands in files of their own, by meaning: ``crm_complaint_number`` (its number),
    ``_moves`` (stages and their log), ``_contact`` (who complains), ``_secret`` (who must not see
    it), ``_register`` (how others hand one in), ``_keep`` (why nothing vanishes).
    """

    _name = "crm.complaint"
    _description = "Complaint"
    _inherit = [
        "portal.mixin",
        "mail.thread.blacklist",
        "mail.thread.phone",
        "mail.activity.mixin",
        "crm.deadline.mixin",
    ]
    _order = "date_received desc, id desc"
    _rec_names_search = ["number", "name"]
    _check_company_auto = True
    _primary_email = "email_from"

    # --- what
    name = fields.Char("Subject", required=True, tracking=True, index="trigram")
    description = fields.Html("Substance", help="What happened, in the complainant's words.")
    date_received = fields.Datetime(
        "Received",
        required=True,
        default=fields.Datetime.now,
        copy=False,
        tracking=True,
        help="When the complaint reached the company, whoever wrote it down later. Deadlines"
        " count from here.",
    )
    channel_id = fields.Many2one(
        "crm.complaint.channel",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    category_id = fields.Many2one(
        "crm.complaint.category",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    product_id = fields.Many2one(
        "product.product",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    lead_id = fields.Many2one(
        "crm.lead",
        "Opportunity",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        tracking=True,
    )
    reference = fields.Char(
        index="btree_not_null",
        copy=False,
        help="The complaint's number at the complainant, or in the system it was imported from.",
    )
    tag_ids = fields.Many2many("crm.complaint.tag", string="Tags", ondelete="restrict")

    # --- handling
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    team_id = fields.Many2one(
        "crm.team",
        compute="_compute_team_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        copy=False,
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("crm_complaints.group_user").ids)
        ],
        help="Who answers for the whole case, whoever works on its steps.",
    )
    severity = fields.Selection(
        LEVEL_CHOICES,
        compute="_compute_severity",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="How bad it is for the complainant.",
    )
    impact = fields.Selection(
        LEVEL_CHOICES,
        tracking=True,
        help="How far it reaches: one order, one product, many customers.",
    )
    priority = fields.Selection(
        PRIORITY_CHOICES,
        compute="_compute_priority",
        store=True,
        precompute=True,
        help="Follows from severity and impact.",
    )
    color = fields.Integer(compute="_compute_color")
    stage_id = fields.Many2one(
        "crm.complaint.stage",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        copy=False,
        group_expand="_read_group_stage_id",
        domain="['|', ('team_ids', '=', False), ('team_ids', 'in', team_id)]",
        default=lambda self: self._default_stage_id(),
    )
    state = fields.Selection(
        string="Meaning of Stage", related="stage_id.kind", store=True, precompute=True, index=True
    )
    stage_guidance = fields.Text(related="stage_id.guidance")
    move_ids = fields.One2many("crm.complaint.move", "complaint_id", "Moves", readonly=True)
    active = fields.Boolean(default=True, tracking=True)

    # --- demand and end
    remedy_demanded_id = fields.Many2one(
        "crm.complaint.remedy",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="What the complainant asks for. Laws set terms by it.",
    )
    amount_demanded = fields.Monetary(tracking=True)
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        help="Of all amounts of this complaint.",
    )
    outcome = fields.Selection(OUTCOMES, copy=False, tracking=True)

    _received_index = models.Index("(date_received DESC, id DESC)")
    _open_index = models.Index(
        "(user_id, date_received DESC) WHERE state IN ('new', 'open', 'waiting', 'answered')"
    )
    _amount_positive = models.Constraint(
        "CHECK (amount_demanded >= 0)", "The amount demanded cannot be below zero."
    )

    @api.depends("number", "name")
    def _compute_display_name(self):
        for complaint in self:
            complaint.display_name = " ".join(filter(None, (complaint.number, complaint.name)))

    @api.depends("category_id", "company_id")
    def _compute_team_id(self):
        """Take the team of the category where no team is chosen yet."""
        for complaint in self:
            team = complaint.team_id or complaint.category_id.team_id
            fits = not team.company_id or team.company_id == complaint.company_id
            complaint.team_id = team if fits else False

    @api.depends("category_id")
    def _compute_severity(self):
        for complaint in self:
            complaint.severity = complaint.category_id.severity or complaint.severity

    @api.depends("severity", "impact")
    def _compute_priority(self):
        for complaint in self:
            complaint.priority = priority(complaint.severity or None, complaint.impact or None)

    @api.depends("priority")
    def _compute_color(self):
        """Color the cards of the board: gray, yellow, orange, red."""
        colors = dict(zip(PRIORITIES, (0, 3, 2, 1), strict=True))
        for complaint in self:
            complaint.color = colors.get(complaint.priority, 0)

    @api.depends("company_id")
    def _compute_currency_id(self):
        for complaint in self:
            complaint.currency_id = complaint.currency_id or complaint.company_id.currency_id

    @api.constrains("date_received")
    def _check_date_received(self):
        limit = fields.Datetime.now() + CLOCK_SKEW
        for complaint in self:
            if complaint.date_received > limit:
                raise ValidationError(
                    self.env._(
                        "“%(complaint)s” cannot have been received in the future. Enter the time"
                        " when it reached the company.",
                        complaint=complaint.display_name,
                    )
                )
