from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...logic import lifecycle

REVIEW = [
    (lifecycle.OWNER, "The owner publishes"),
    (lifecycle.REVIEWER, "A reviewer publishes"),
    (lifecycle.FOUR_EYES, "A reviewer who has not written it"),
]


class CrmKnowledgeCategory(models.Model):
    """Where articles stand, as a tree: with readers, reviewers, and how they are kept alive.

    What is empty here is as in the category above. Rules of access read ``limiting_ids``, the
    life cycle reads the fields that begin with ``all_`` and ``effective_``.
    """

    _name = "crm.knowledge.category"
    _description = "Category of Knowledge Articles"
    _inherit = ["crm.knowledge.access"]
    _order = "sequence, name, id"
    _parent_store = True

    name = fields.Char(required=True, translate=True)
    # not stored: it is made of translated names
    complete_name = fields.Char("Full Name", compute="_compute_complete_name", recursive=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: shared by all companies."
    )
    parent_id = fields.Many2one(
        "crm.knowledge.category",
        "Part of",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("crm.knowledge.category", "parent_id", "Parts")
    reader_user_ids = fields.Many2many(relation="crm_knowledge_category_reader_user_rel")
    reader_group_ids = fields.Many2many(relation="crm_knowledge_category_reader_group_rel")
    reader_team_ids = fields.Many2many(relation="crm_knowledge_category_reader_team_rel")
    limiting_ids = fields.Many2many(
        "crm.knowledge.category",
        "crm_knowledge_category_limiting_rel",
        "category_id",
        "limiting_id",
        string="Limited by",
        compute="_compute_limiting_ids",
        store=True,
        recursive=True,
        context={"active_test": False},
        help="This category and those above it whose readers are chosen.",
    )
    reviewer_ids = fields.Many2many(
        "res.users",
        "crm_knowledge_category_reviewer_rel",
        string="Reviewers",
        # text: by a list the reviewers in force would depend on a field of users
        domain="[('share', '=', False)]",
        help="They publish and verify articles of this category and its parts. Empty: as in the"
        " category above; named nowhere: all editors.",
    )
    all_reviewer_ids = fields.Many2many(
        "res.users",
        "crm_knowledge_category_all_reviewer_rel",
        string="Reviewers in Force",
        compute="_compute_all_reviewer_ids",
        store=True,
        recursive=True,
    )
    review = fields.Selection(
        REVIEW, "Publishing", help="Who publishes here. Empty: as in the category above."
    )
    effective_review = fields.Selection(
        REVIEW,
        "Publishing in Force",
        compute="_compute_effective_review",
        store=True,
        recursive=True,
    )
    verify_days = fields.Integer(
        "Verify Every (days)",
        help="After so many days somebody has to say that an article still holds. 0: as in the"
        " category above; nowhere set: as in the settings.",
    )
    effective_verify_days = fields.Integer(
        "Days in Force", compute="_compute_effective_verify_days", store=True, recursive=True
    )

    _verify_days_not_negative = models.Constraint(
        "CHECK(verify_days >= 0)", "An article cannot be verified every minus so many days."
    )

    @api.model_create_multi
    def create(self, vals_list):
        categories = super().create(vals_list)
        self._settle_access()
        return categories

    def write(self, vals):
        result = super().write(vals)
        if not {"access", "parent_id", "reviewer_ids"}.isdisjoint(vals):
            self._settle_access()
        return result

    @api.model
    def _settle_access(self):
        """Have the rules of access see a change at once.

        Searching recomputes the fields of a domain, but not those within its `any` conditions.
        """
        self.flush_model(["limiting_ids", "all_reviewer_ids"])

    @api.model
    def _get_admission(self, user):
        """Let in whoever passes each limit, of the category and of those above it."""
        return Domain("limiting_ids", "not any", ~self._get_own_admission(user))

    @api.model
    def _get_own_admission(self, user):
        """Let reviewers in: they answer for what stands there."""
        return super()._get_own_admission(user) | Domain("all_reviewer_ids", "in", user.ids)

    def _get_admitted_people(self):
        """Let reviewers in."""
        # sudo: as in the rules
        reviewers = self.sudo().all_reviewer_ids
        return super()._get_admitted_people() | Domain("id", "in", reviewers.ids)

    @api.depends("name", "parent_id.complete_name")
    @api.depends_context("lang")
    def _compute_complete_name(self):
        for category in self:
            # sudo: whoever reads the category may know where it stands
            above = category.sudo().parent_id.complete_name
            category.complete_name = f"{above} / {category.name}" if above else category.name

    @api.depends("complete_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for category in self:
            category.display_name = category.complete_name

    @api.model
    def _search_display_name(self, operator, value):
        """Find a category by its own name or by its full one, of which the last part counts."""
        if isinstance(value, str):
            value = value.split(" / ")[-1]
        elif operator == "in":
            value = [name.split(" / ")[-1] if isinstance(name, str) else name for name in value]
        return Domain(super()._search_display_name(operator, value))

    @api.depends("access", "parent_id.limiting_ids")
    def _compute_limiting_ids(self):
        for category in self:
            own = category if category.access != "open" else self.browse()
            category.limiting_ids = category.parent_id.limiting_ids | own

    @api.depends("reviewer_ids", "parent_id.all_reviewer_ids")
    def _compute_all_reviewer_ids(self):
        for category in self:
            above = category.parent_id.all_reviewer_ids
            category.all_reviewer_ids = category.reviewer_ids or above

    @api.depends("review", "parent_id.effective_review")
    def _compute_effective_review(self):
        for category in self:
            above = category.parent_id.effective_review
            category.effective_review = category.review or above or lifecycle.REVIEWER

    @api.depends("verify_days", "parent_id.effective_verify_days")
    def _compute_effective_verify_days(self):
        for category in self:
            above = category.parent_id.effective_verify_days
            category.effective_verify_days = category.verify_days or above

    def _parent_store_update(self):
        """Say what is wrong before the framework does in its own words."""
        for category in self:
            if category._has_cycle():
                raise ValidationError(
                    self.env._(
                        "“%(name)s” cannot be part of itself. Choose another category above it.",
                        name=category.name,
                    )
                )
        return super()._parent_store_update()
