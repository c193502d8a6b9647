from odoo import fields, models


class ResCompany(models.Model):
    """Whom the company tells about its base and about work that is left behind."""

    _inherit = "res.company"

    standard_controller_id = fields.Many2one(
        "res.users",
        string="Controller to Be Told",
        domain=[("share", "=", False)],
        help="Is told of mass exports and reassignments, and of work that is left behind. Leave"
        " empty to tell all controllers of the company.",
    )

    def _get_standard_controllers(self):
        """Return the people to tell: the one chosen, else all controllers of the company."""
        # sudo: whoever causes the message need not know its readers
        company = self.sudo() or self.env.company.sudo()
        chosen = company.standard_controller_id.filtered("active")
        if chosen:
            return chosen._deadline_stand_in()
        group = self.env.ref("crm_standards.group_manager").sudo()  # sudo: as above
        return group.all_user_ids.filtered(
            lambda user: user.active and not user.share and company in user.company_ids
        ).sorted("id")
