from odoo import api, fields, models


class CrmSurveyErasure(models.Model):
    """The log of what was done to people's answers: how many, by whom, when. And not whose."""

    _name = "crm.survey.erasure"
    _description = "Log of Privacy in Surveys"
    _inherit = ["crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "kind"

    kind = fields.Selection(
        [
            ("retention", "Anonymized: time of keeping over"),
            ("invitation", "Forgotten: asked long ago, not answered"),
            ("person", "Anonymized: at a person's request"),
            ("export", "Handed out to the person"),
        ],
        "What",
        required=True,
        readonly=True,
    )
    date = fields.Datetime(required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users", "Done by", required=True, readonly=True, ondelete="restrict"
    )
    response_count = fields.Integer("Responses or Invitations", required=True, readonly=True)

    @api.model
    def _log(self, kind, count):
        """Note that something was done to ``count`` responses."""
        # sudo: the log is written by the system, whoever acts
        return self.sudo()._sealed_create(
            [
                {
                    "kind": kind,
                    "date": fields.Datetime.now(),
                    "user_id": self.env.uid,
                    "response_count": count,
                }
            ]
        )
