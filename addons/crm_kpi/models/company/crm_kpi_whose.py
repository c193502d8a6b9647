from odoo import api, fields, models


class CrmKpiWhose(models.AbstractModel):
    """What is said of an employee, else of a team, else of the company."""

    _name = "crm.kpi.whose"
    _description = "Said of an Employee, a Team or the Company"

    whose = fields.Char("Of Whom", compute="_compute_whose")

    @api.depends("user_id", "team_id", "company_id")
    def _compute_whose(self):
        for record in self:
            # sudo: the name of somebody about whom the user may read
            record.whose = record.sudo()._get_subject().name

    def _get_subject(self):
        """Return of whom it is said: an employee, else a team, else the company."""
        self.ensure_one()
        return self.user_id or self.team_id or self.company_id
