from odoo import api, models


class CrmTeamMember(models.Model):
    """A leader who gets another person is shut out of confidential complaints about him."""

    _inherit = "crm.team.member"

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        self.env["crm.complaint"]._shut_out_leaders(members.crm_team_id.user_id)
        return members

    def write(self, vals):
        result = super().write(vals)
        if {"user_id", "crm_team_id", "active"} & vals.keys():
            self.env["crm.complaint"]._shut_out_leaders(self.crm_team_id.user_id)
        return result
