from odoo import fields, models

from ...logic import invitation as logic


class CrmSurveyInvitation(models.Model):
    """Invitations of a wave: who has been reached is the first proof of it."""

    _inherit = "crm.survey.invitation"

    wave_id = fields.Many2one(
        "crm.survey.wave", readonly=True, ondelete="set null", index="btree_not_null"
    )

    def _follow_move(self, state):
        result = super()._follow_move(state)
        own = self.filtered("wave_id")
        if own and state in (logic.SENT, logic.OPENED, logic.STARTED, logic.FINISHED):
            # sudo: whoever moves it on, a job or the customer, has no right on lost customers
            customers = self.env["crm.survey.win.back"].sudo()
            known = customers.search(
                [("invitation_id", "in", own.ids), ("date_contacted", "=", False)]
            )
            known.write({"date_contacted": fields.Datetime.now()})
        return result

    def _forget_person(self):
        result = super()._forget_person()
        # sudo: the owner of the answers erases what was noted about the person, too
        customers = self.env["crm.survey.win.back"].sudo()
        known = customers.search([("invitation_id", "in", self.ids)])
        known.write({"offer": False, "fix_note": False, "competitor": False})
        return result
