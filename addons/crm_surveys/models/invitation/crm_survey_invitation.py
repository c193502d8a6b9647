from odoo import api, fields, models

from ...logic import invitation as logic
from ..survey.survey_user_input import CHANNELS

STATES = [
    (logic.DECIDED, "Decided"),
    (logic.QUEUED, "Queued"),
    (logic.SENT, "Sent"),
    (logic.OPENED, "Opened"),
    (logic.STARTED, "Started"),
    (logic.FINISHED, "Finished"),
    (logic.NOT_SENT, "Not sent"),
    (logic.FAILED, "Failed"),
    (logic.EXPIRED, "Expired"),
]
REASONS = [
    ("no_address", "No address"),
    ("opted_out", "Wants no surveys"),
    ("blacklisted", "On the blacklist"),
    ("contact_budget", "Contact was asked enough"),
    ("company_budget", "Company was asked enough"),
    ("outranked", "Another survey is worth more"),
    ("not_sampled", "Not drawn"),
    ("duplicate", "Same address as another contact"),
    ("survey_closed", "Survey closed"),
    ("document_gone", "Document gone"),
    ("not_a_customer", "Not a customer"),
    ("answered", "Has answered already"),
    ("asked", "Is being asked already"),
    ("window_closed", "No time to send"),
    ("no_longer", "No longer fits"),
    ("too_late", "Too long ago"),
    ("trigger_changed", "Trigger was stopped or changed"),
    ("too_few", "Too few to stay anonymous"),
    ("wrong_number", "Wrong number"),
    ("not_reached", "Not reached by phone"),
    ("canceled", "Canceled"),
    ("error", "Error"),
]


class CrmSurveyInvitation(models.Model):
    """One decision to ask a customer, or not to: with its reason, its way and its end.

    Sealed: neither the people judged nor their leaders choose or remove judges afterwards. Owner
    methods are ``_decide`` (new ones) and ``_move`` (on to another state).
    """

    _name = "crm.survey.invitation"
    _description = "Invitation to a Survey"
    _inherit = ["crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "survey_id"

    survey_id = fields.Many2one(
        "survey.survey", required=True, readonly=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True, index="btree_not_null")
    commercial_partner_id = fields.Many2one(
        "res.partner", "Company of the Customer", readonly=True, index="btree_not_null"
    )
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Many2oneReference("Document", model_field="res_model", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        "Employee in Charge",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    team_id = fields.Many2one(
        "crm.team", "Team in Charge", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    product_id = fields.Many2one("product.product", readonly=True)
    product_category_id = fields.Many2one("product.category", readonly=True)
    channel = fields.Selection(CHANNELS, required=True, readonly=True, default="mail")
    trigger_id = fields.Many2one(
        "crm.survey.trigger", readonly=True, ondelete="set null", index="btree_not_null"
    )
    lang = fields.Char(
        "Language", readonly=True, help="In which language the customer is asked; empty: his own."
    )
    date_planned = fields.Datetime(
        "Planned for",
        readonly=True,
        help="Not sent before: the window of its trigger is open then.",
    )
    value = fields.Integer(readonly=True, help="What the survey was worth when it was decided.")
    state = fields.Selection(
        STATES, required=True, readonly=True, default=logic.DECIDED, index=True
    )
    reason = fields.Selection(REASONS, "Reason Not Sent", readonly=True)
    note = fields.Char(readonly=True, help="What exactly went wrong.")
    user_input_id = fields.Many2one(
        "survey.user_input", "Response", readonly=True, ondelete="set null", index="btree_not_null"
    )
    date_decided = fields.Datetime("Decided on", required=True, readonly=True)
    date_queued = fields.Datetime("Queued on", readonly=True)
    date_sent = fields.Datetime("Sent on", readonly=True)
    date_opened = fields.Datetime("Opened on", readonly=True)
    date_started = fields.Datetime("Started on", readonly=True)
    date_finished = fields.Datetime("Finished on", readonly=True)
    date_not_sent = fields.Datetime("Not Sent on", readonly=True)
    date_failed = fields.Datetime("Failed on", readonly=True)
    date_expired = fields.Datetime("Expired on", readonly=True)

    _reached_idx = models.Index("(commercial_partner_id, date_sent) WHERE date_sent IS NOT NULL")
    _document_idx = models.Index("(res_model, res_id) WHERE res_id IS NOT NULL")
    _reason_when_not_sent = models.Constraint(
        "CHECK(state != 'not_sent' OR reason IS NOT NULL)",
        "An invitation that is not sent needs a reason.",
    )

    @api.model
    def _decide(self, vals_list):
        """Create invitations and return them; values that are not given come from the document.

        Each needs ``survey_id`` and a customer or a document. The owner's way in: nobody else
        creates invitations.
        """
        now = fields.Datetime.now()
        surveys = self.env["survey.survey"].browse({vals["survey_id"] for vals in vals_list})
        values = {survey.id: survey.invitation_value for survey in surveys}
        return self._sealed_create(
            [
                {
                    "date_decided": now,
                    "value": values[vals["survey_id"]],
                    **moment,
                    **vals,
                }
                for vals, moment in zip(vals_list, self._prepare_moment(vals_list), strict=True)
            ]
        )

    @api.model
    def _prepare_moment(self, vals_list):
        """Return for each what is known now: customer, employee, team, product and company."""
        documents = self._get_facts_of(vals_list)
        given = [
            {
                **documents.get((vals.get("res_model"), vals.get("res_id")), {}),
                **{name: value for name, value in vals.items() if value},
            }
            for vals in vals_list
        ]
        surveys = self._browse_together("survey.survey", given, "survey_id")
        partners = self._browse_together("res.partner", given, "partner_id")
        products = self._browse_together("product.product", given, "product_id")
        return [
            {
                "partner_id": partner.id,
                "commercial_partner_id": partner.commercial_partner_id.id,
                "res_model": moment.get("res_model"),
                "res_id": moment.get("res_id"),
                "user_id": moment.get("user_id"),
                "team_id": moment.get("team_id"),
                "product_id": product.id,
                "product_category_id": product.categ_id.id,
                "company_id": moment.get("company_id")
                or survey.company_id.id
                or self.env.company.id,
            }
            for moment, survey, partner, product in zip(
                given, surveys, partners, products, strict=True
            )
        ]

    @api.model
    def _browse_together(self, model, given, field):
        """Return the record each names in the field; they are read together, not one by one."""
        ids = [moment.get(field) for moment in given]
        together = set(filter(None, ids))
        return [self.env[model].browse(record_id).with_prefetch(together) for record_id in ids]

    @api.model
    def _get_facts_of(self, vals_list):
        """Return what the documents say, by model and id; a document that is gone says nothing."""
        ids = {}
        for vals in vals_list:
            model = vals.get("res_model")
            if model in self.env and vals.get("res_id"):
                ids.setdefault(model, set()).add(vals["res_id"])
        known = {}
        for model, record_ids in ids.items():
            records = self.env[model].browse(record_ids).exists()
            facts = self.env["crm.survey.document"]._get_document_facts(records)
            known |= {(model, record_id): found.known() for record_id, found in facts.items()}
        return known

    def _move(self, state, **values):
        """Move on those that can go into the state, and return them; others stay as they are.

        A mail opened after the answer came is no error. ``values`` are written along, as the
        reason of one that is not sent.
        """
        movers = self.filtered(lambda invitation: logic.can_move(invitation.state, state))
        if movers:
            movers._sealed_write({"state": state, f"date_{state}": fields.Datetime.now(), **values})
            movers._follow_move(state)
        return movers

    def _follow_move(self, state):
        """Hook: the invitations have come into a state."""
