from odoo import api, fields, models


class CrmStandardRule(models.Model):
    """What a rule asks for: fields, or one of the other kinds of requirement.

    Each kind asks alike for entering, staying in and leaving a stage, and with every strength. See
    ``crm.standard.requirement`` for what a kind is to the gate.
    """

    _inherit = "crm.standard.rule"

    requirement_kind = fields.Selection(
        [
            ("fields", "Fields filled in"),
            ("condition", "A condition holds"),
            ("activity", "Activities done"),
            ("checklist", "A checklist ticked"),
            ("document", "A document attached"),
            ("approval", "An approval given"),
        ],
        string="What is asked",
        default="fields",
        required=True,
    )
    condition = fields.Char(
        string="Must hold",
        help="What the opportunity must be like, for example an expected revenue of 1,000 or more.",
    )
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        string="Activity",
        domain="['|', ('res_model', '=', False), ('res_model', '=', 'crm.lead')]",
        ondelete="restrict",
        help="Must be marked as done on the opportunity; archiving it does not count.",
    )
    activity_count = fields.Integer(string="How many", default=1)
    plan_id = fields.Many2one(
        "mail.activity.plan",
        string="Checklist",
        domain=[("res_model", "=", "crm.lead")],
        ondelete="restrict",
        check_company=True,
        help="Each step of the plan is a box to tick; it becomes an activity when it is ticked or"
        " planned.",
    )
    document_kind_id = fields.Many2one(
        "crm.standard.document.kind", string="Document", ondelete="restrict"
    )
    role_id = fields.Many2one(
        "crm.standard.role",
        string="Who approves",
        ondelete="restrict",
        check_company=True,
        help="Nobody approves his own request. Where the role is filled by the person who asks,"
        " the owner of the standard decides.",
    )
    override_role_id = fields.Many2one(
        "crm.standard.role",
        string="Who else grants exceptions",
        ondelete="restrict",
        check_company=True,
        help="The owner of the standard may always grant one, but never to himself.",
    )
    override_hours = fields.Integer(
        string="Exceptions hold for hours",
        default=24,
        help="How long a granted exception may be used, once.",
    )
    decision_policy_id = fields.Many2one(
        "crm.deadline.policy",
        string="Decide within",
        ondelete="restrict",
        check_company=True,
        help="How long somebody may think about an approval or an exception; its ladder says who"
        " is reminded.",
    )

    _hours_positive = models.Constraint(
        "CHECK(override_hours > 0)", "An exception must hold for at least one hour."
    )
    _count_positive = models.Constraint(
        "CHECK(activity_count > 0)", "At least one activity must be asked for."
    )

    @api.constrains(
        "requirement_kind",
        "condition",
        "activity_type_id",
        "plan_id",
        "document_kind_id",
        "role_id",
    )
    def _check_requirement(self):
        self._check_applicable()

    def _get_needs(self) -> tuple[str, ...]:
        """Return what the rule asks for beyond fields."""
        if self.kind not in ("enter", "leave"):
            return ()
        return self.env["crm.standard.requirement"]._get_needs(self)

    def _get_reads(self) -> tuple[str, ...]:
        """Return the fields of the lead that decide whether the rule is kept."""
        if self.kind not in ("enter", "leave"):
            return ()
        if self.requirement_kind == "fields":
            return tuple(self.field_ids.mapped("name"))
        return self.env["crm.standard.requirement"]._get_reads(self)

    def _find_requirement_problem(self) -> str:
        """Return why what is asked cannot be applied, or an empty text."""
        if self.requirement_kind == "fields":
            return self._find_field_problem()
        return self.env["crm.standard.requirement"]._find_problem(self)
