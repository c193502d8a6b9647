from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .survey_survey import OURS

#: The largest id a database takes.
LARGEST = 2**31 - 1
CHANNELS = [
    ("mail", "E-mail"),
    ("sms", "SMS"),
    ("phone", "Phone"),
    ("link", "Link"),
    ("print", "Print"),
]
MODES = [
    ("self", "By the customer"),
    ("interview", "By an interviewer"),
    ("sheet", "From a sheet of paper"),
]
#: What was known when the customer was asked: figures are drawn from it, so that it stays.
MOMENT = (
    "invitation_id",
    "company_id",
    "res_model",
    "res_id",
    "channel",
    "mode",
    "interviewer_id",
    "commercial_partner_id",
    "rated_user_id",
    "rated_team_id",
    "product_id",
    "product_category_id",
    "trigger_id",
)
#: From the invitation, where there is one: its field, by ours.
FROM_INVITATION = {
    "company_id": "company_id",
    "res_model": "res_model",
    "res_id": "res_id",
    "channel": "channel",
    "commercial_partner_id": "commercial_partner_id",
    "rated_user_id": "user_id",
    "rated_team_id": "team_id",
    "product_id": "product_id",
    "product_category_id": "product_category_id",
    "trigger_id": "trigger_id",
}


class SurveyUserInput(models.Model):
    """A response, and what was known when the customer was asked.

    Who was in charge then may be in charge of something else when the answer comes: the moment of
    asking decides, and a rebuild of the figures finds it here.
    """

    _inherit = "survey.user_input"

    invitation_id = fields.Many2one(
        "crm.survey.invitation", readonly=True, ondelete="set null", index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Many2oneReference("Document", model_field="res_model", readonly=True)
    channel = fields.Selection(CHANNELS, readonly=True, help="How the customer was asked.")
    mode = fields.Selection(MODES, "Filled in", readonly=True)
    interviewer_id = fields.Many2one(
        "res.users", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    commercial_partner_id = fields.Many2one(
        "res.partner", "Company of the Customer", readonly=True, index="btree_not_null"
    )
    rated_user_id = fields.Many2one(
        "res.users",
        "Employee in Charge",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    rated_team_id = fields.Many2one(
        "crm.team", "Team in Charge", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    product_id = fields.Many2one("product.product", readonly=True)
    product_category_id = fields.Many2one("product.category", readonly=True)
    trigger_id = fields.Many2one(
        "crm.survey.trigger", readonly=True, ondelete="set null", index="btree_not_null"
    )

    @api.model_create_multi
    def create(self, vals_list):
        surveys = self.env["survey.survey"].browse({vals.get("survey_id") for vals in vals_list})
        # sudo: a customer who answers has no right on surveys
        ours = {survey.id for survey in surveys.sudo() if survey.survey_type == OURS}
        own = [vals for vals in vals_list if vals.get("survey_id") in ours]
        moments = iter(self._prepare_moments(own))
        return super().create(
            [
                {**next(moments), **vals} if vals.get("survey_id") in ours else vals
                for vals in vals_list
            ]
        )

    @api.model
    def _prepare_moments(self, vals_list):
        """Return for each what is known when the customer is asked.

        An invitation has it already; else the document and the customer say it.
        """
        # sudo: the customer or employee whose deed this is has no right on invitations
        invitations = self.env["crm.survey.invitation"].sudo()
        ids = [vals["invitation_id"] for vals in vals_list if vals.get("invitation_id")]
        known = {invitation.id: invitation for invitation in invitations.browse(ids)}
        drawn = invitations._prepare_moment(
            [vals if not vals.get("invitation_id") else {} for vals in vals_list]
        )
        moments = []
        for vals, source in zip(vals_list, drawn, strict=True):
            invitation = known.get(vals.get("invitation_id"))
            if invitation:
                source = {
                    name: invitation._fields[name].convert_to_write(invitation[name], invitation)
                    for name in FROM_INVITATION.values()
                }
            moment = {field: source.get(name) for field, name in FROM_INVITATION.items()}
            moments.append({"mode": "self", **moment, "channel": moment["channel"] or "link"})
        return moments

    def write(self, vals):
        changed = MOMENT_AND_STATE & vals.keys()
        if changed and self._get_recorded():
            raise AccessError(
                self.env._(
                    "This response is finished: what was known when the customer was asked "
                    "cannot be changed."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        if self._get_recorded():
            raise UserError(
                self.env._(
                    "A finished response of a customer cannot be deleted: it is part of the "
                    "figures that people are judged by."
                )
            )

    def _get_recorded(self):
        """Return those that the figures rest on."""
        # sudo: whether there are figures decides, not who may see them
        facts = self.env["crm.survey.fact"].sudo().search([("user_input_id", "in", self.ids)])
        return self & facts.user_input_id.with_env(self.env)


#: With what would move a response out of the figures.
MOMENT_AND_STATE = {*MOMENT, "state", "survey_id", "test_entry", "partner_id", "end_datetime"}
