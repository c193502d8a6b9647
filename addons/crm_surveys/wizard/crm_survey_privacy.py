import base64
import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..logic import invitation as logic


class CrmSurveyPrivacy(models.TransientModel):
    """What a person said in surveys: handed out to him, or separated from him. For managers.

    Only responses the manager sees, of the companies he works in.
    """

    _name = "crm.survey.privacy"
    _description = "Answers of a Person"

    partner_id = fields.Many2one("res.partner", "Person", required=True)
    response_count = fields.Integer("Responses", compute="_compute_response_count")
    is_sure = fields.Boolean("I know that this cannot be undone")
    file = fields.Binary(readonly=True, attachment=False)

    @api.depends("partner_id")
    def _compute_response_count(self):
        for wizard in self:
            wizard.response_count = len(wizard._get_responses())

    def _get_responses(self):
        responses = self.env["survey.user_input"]
        if not self.partner_id:
            return responses
        return responses.search(responses._get_person_domain(self.partner_id))

    def _get_invitations(self):
        """Return the invitations of the person, answered or not."""
        return self.env["crm.survey.invitation"].search(
            [("partner_id", "child_of", self.partner_id.ids)]
        )

    def _check_known(self, records):
        """Recheck on each deed: a wizard of a former manager does nothing any more."""
        self.check_access("write")
        if not records:
            raise UserError(
                self.env._(
                    "%(person)s has answered no survey, or this was anonymized already.",
                    person=self.partner_id.name,
                )
            )

    def action_export(self):
        """Download what the person said."""
        self.ensure_one()
        responses = self._get_responses()
        self._check_known(responses)
        data = json.dumps(
            responses._export_person(), ensure_ascii=False, indent=2, default=str
        ).encode()
        self.file = base64.b64encode(data)
        self.env["crm.survey.erasure"]._log("export", len(responses))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/surveys.json?download=true",
            "target": "self",
        }

    def action_anonymize(self):
        """Separate the answers and invitations from the person."""
        self.ensure_one()
        responses, invitations = self._get_responses(), self._get_invitations()
        self._check_known([*responses, *invitations])
        if not self.is_sure:
            raise UserError(self.env._("Tick that you know that this cannot be undone."))
        # sudo: invitations are sealed; who may do this has been checked
        invitations = invitations.sudo()
        # what waits in a queue first: it must not go out any more
        invitations._withdraw(Domain("id", "in", invitations.ids), "canceled")
        responses._anonymize("person")
        invitations._move(logic.NOT_SENT, reason="canceled")
        invitations._forget_person()
        return {"type": "ir.actions.act_window_close"}
