import base64
import json

from odoo import api, fields, models
from odoo.exceptions import UserError


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

    def _check_manager(self):
        """Recheck on each deed: a wizard of a former manager does nothing any more."""
        self.check_access("write")
        self.ensure_one()
        responses = self._get_responses()
        if not responses:
            raise UserError(
                self.env._("%(person)s has answered no survey.", person=self.partner_id.name)
            )
        return responses

    def action_export(self):
        """Download what the person said."""
        responses = self._check_manager()
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
        """Separate the answers from the person."""
        responses = self._check_manager()
        if not self.is_sure:
            raise UserError(self.env._("Tick that you know that this cannot be undone."))
        responses._anonymize("person")
        return {"type": "ir.actions.act_window_close"}
