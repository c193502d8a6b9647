from odoo import fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """What a customer was asked stands on the contact, for those who see invitations."""

    _inherit = "res.partner"

    survey_invitation_count = fields.Integer(
        "Invitations to Surveys",
        compute="_compute_survey_invitation_count",
        groups="crm_surveys.group_leader",
    )

    def _compute_survey_invitation_count(self):
        invitations = self.env["crm.survey.invitation"]
        counts = {}
        for field in ("partner_id", "commercial_partner_id"):
            counts |= dict(invitations._read_group([(field, "in", self.ids)], [field], ["__count"]))
        for partner in self:
            partner.survey_invitation_count = counts.get(partner._origin, 0)

    def action_show_survey_invitations(self):
        """Show what these contacts were asked: what the user may see of it."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_surveys.crm_survey_invitation_action"
        )
        of_them = Domain("partner_id", "in", self.ids)
        action["domain"] = list(of_them | Domain("commercial_partner_id", "in", self.ids))
        return action
