from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import SQL


class CrmComplaint(models.Model):
    """Who must not see a complaint: whom it is about, and of a confidential one nearly everybody.

    The record rules do the hiding (``security/rules.xml``): searches, counts, groups, exports,
    messages and files follow them. Here stands who is hidden from; that nobody hidden from gets
    to know by mail stands in ``crm_complaint_secret_mail``.
    """

    _inherit = "crm.complaint"

    is_confidential = fields.Boolean(
        "Confidential",
        compute="_compute_is_confidential",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Seen only by whoever is responsible, by those named below, and by the managers of"
        " complaints.",
    )
    about_user_ids = fields.Many2many(
        "res.users",
        "crm_complaint_about_user_rel",
        string="About Employees",
        copy=False,
        help="Whom the complaint is about. They never see it; if it is confidential, their"
        " leaders do not see it either.",
    )
    confidant_ids = fields.Many2many(
        "res.users",
        "crm_complaint_confidant_rel",
        string="Also Seen by",
        copy=False,
        help="Who works on a confidential complaint beside whoever is responsible.",
    )
    hidden_user_ids = fields.Many2many(
        "res.users",
        "crm_complaint_hidden_user_rel",
        string="Hidden from",
        compute="_compute_hidden_user_ids",
        store=True,
    )

    @api.depends("category_id")
    def _compute_is_confidential(self):
        """Follow the category to secrecy, never back: somebody may have asked for it."""
        for complaint in self:
            complaint.is_confidential = (
                complaint.is_confidential or complaint.category_id.is_confidential
            )

    @api.depends(
        "about_user_ids.deadline_superior_id",
        "about_user_ids.crm_team_member_ids.active",
        "about_user_ids.crm_team_member_ids.crm_team_id.user_id",
        "confidant_ids",
        "is_confidential",
    )
    def _compute_hidden_user_ids(self):
        """Hide from whom it is about; a confidential one from their leaders and superiors too.

        A leader who is named as a confidant was let in on purpose.
        """
        for complaint in self:
            hidden = about = complaint.about_user_ids
            if complaint.is_confidential:
                leaders = about.crm_team_member_ids.filtered("active").crm_team_id.user_id
                hidden |= (leaders | about.deadline_superior_id) - complaint.confidant_ids
            complaint.hidden_user_ids = hidden

    @api.constrains("user_id", "confidant_ids", "about_user_ids", "is_confidential", "category_id")
    def _check_hidden_users(self):
        for complaint in self:
            both = (complaint.user_id | complaint.confidant_ids) & complaint.hidden_user_ids
            if both:
                raise ValidationError(
                    self.env._(
                        "%(people)s cannot work on “%(complaint)s”: it is about them or about"
                        " somebody they lead. Choose somebody else.",
                        people=", ".join(both.mapped("name")),
                        complaint=complaint.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create([self._let_author_in(vals) for vals in vals_list])
        complaints._shut_out_hidden()
        return complaints

    def write(self, vals):
        result = super().write(vals)
        if {"about_user_ids", "confidant_ids", "is_confidential", "category_id"} & vals.keys():
            self._let_in_author()
            self._shut_out_hidden()
        return result

    @api.model
    def _get_readable_rows(self) -> SQL:
        """Return the rows the user may read, archived ones too, as a query to select from.

        Reports are made from it: PostgreSQL merges it into the question, so that the table is read
        once. Searching the lines of a report among complaints that may be read takes twice as long.
        """
        query = self._search([], active_test=False)
        return query.select(SQL("%s.*", SQL.identifier(self._table)))

    @api.model
    def _let_author_in(self, vals):
        """Return ``vals`` of a new complaint so that its author may create it.

        As below; but the right to create is checked at once, so that he must be named before.
        """
        # sudo: categories say the same to everybody
        category = self.env["crm.complaint.category"].sudo().browse(vals.get("category_id"))
        is_confidential = vals.get("is_confidential") or category.is_confidential
        if not is_confidential or vals.get("user_id") == self.env.uid or not self._is_let_in():
            return vals
        author = Command.link(self.env.uid)
        return {**vals, "confidant_ids": [*(vals.get("confidant_ids") or []), author]}

    @api.model
    def _is_let_in(self):
        """Whether the user stays among those who see what he makes confidential."""
        user = self.env.user
        return (
            not self.env.su
            and user.has_group("crm_complaints.group_user")
            and not user.has_group("crm_complaints.group_manager")
        )

    def _let_in_author(self):
        """Keep whoever makes a complaint confidential among those who see it, if he worked on it.

        He knows it anyway, and would lose what he is writing otherwise.
        """
        if not self._is_let_in():
            return
        user = self.env.user
        # sudo: the author may already be out of sight of it
        for complaint in self.sudo().filtered("is_confidential"):
            sees = complaint.user_id | complaint.confidant_ids | complaint.hidden_user_ids
            if user not in sees:
                complaint.confidant_ids = [Command.link(user.id)]
