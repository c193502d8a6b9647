from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import clean_context, is_html_empty

from .crm_complaint_channel import CHANNEL_CODES

#: What whoever hands in a complaint may say about it. Team, person, stage, company, confidence and
#: everything that is judged later are not his to choose.
TEXTS = frozenset({"name", "description", "contact_name", "email_from", "phone", "reference"})
LINKS = frozenset(
    {
        "partner_id",
        "on_behalf_partner_id",
        "lead_id",
        "product_id",
        "category_id",
        "remedy_demanded_id",
        "currency_id",
    }
)
OTHERS = frozenset({"date_received", "amount_demanded", "channel"})


class CrmComplaint(models.Model):
    """The door by which anybody in the company, and other systems, hand in a complaint."""

    _inherit = "crm.complaint"

    @api.model
    def register_complaint(self, values):
        """Register a complaint and return its id and number.

        For every employee, with or without rights on complaints: a salesman hears one first. He
        hands it in and does not see it afterwards. Records named must be within his own reach.

        :param values: ``name`` (or ``description``) and further of ``description``,
            ``date_received`` (UTC, not in the future), ``channel`` (a code, "api" by default),
            ``partner_id``, ``on_behalf_partner_id``, ``contact_name``, ``email_from``, ``phone``,
            ``lead_id``, ``product_id``, ``category_id``, ``remedy_demanded_id``,
            ``amount_demanded``, ``currency_id``, ``reference``, and documents that a bridge adds
        :return: ``{"id": ..., "number": ...}``
        :raise AccessError: for portal users and visitors, and for records out of reach
        :raise UserError: for a value that cannot be, or that is not the caller's to give
        """
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only employees hand in complaints this way."))
        if not isinstance(values, dict):
            raise UserError(self.env._("A complaint is handed in as names and values of fields."))
        # whatever companies the context names, the caller must be of the one it comes to
        vals = {"company_id": self.env.company.id, **self._prepare_registration(values)}
        complaint = self._as_registrar().create(vals)
        return {"id": complaint.id, "number": complaint.number}

    @api.model
    def _as_registrar(self):
        """Return complaints in sudo, to create one of chosen values for whoever has no right to.

        Without defaults of the context: they would say what the caller may not.
        """
        context = {**clean_context(self.env.context), "mail_create_nosubscribe": True}
        # sudo: handing in a complaint needs no right on complaints; values are chosen by callers
        # pylint: disable=context-overridden; leaving out what the caller put in is the point
        return self.sudo().with_context(context)

    @api.model
    def _prepare_registration(self, values):
        """Hook: return the values of a new complaint from what was handed in, all checked."""
        links = LINKS.union(self._get_documents())
        if unknown := sorted(map(str, values.keys() - TEXTS - links - OTHERS)):
            raise UserError(
                self.env._(
                    "%(names)s cannot be given when a complaint is handed in. Leave it out.",
                    names=", ".join(unknown),
                )
            )
        vals = {name: self._check_text(name, values[name]) for name in TEXTS & values.keys()}
        vals |= {name: self._check_link(name, values[name]) for name in links & values.keys()}
        if not vals.get("name"):
            if is_html_empty(vals.get("description")):
                raise UserError(
                    self.env._("Say what the complaint is about: its subject is empty.")
                )
            vals["name"] = self.env._("Complaint without a subject")
        if values.get("date_received"):
            vals["date_received"] = self._check_moment(values["date_received"])
        if values.get("amount_demanded"):
            vals["amount_demanded"] = self._check_amount(values["amount_demanded"])
        vals["channel_id"] = self._check_channel(values.get("channel") or "api").id
        return vals

    def _check_text(self, name, value):
        if value and not isinstance(value, str):
            raise self._value_error(name)
        # PostgreSQL stores no NUL
        return (value or "").replace("\x00", "").strip() or False

    def _check_link(self, name, value):
        """Return an id, of a record that is there and within the caller's reach."""
        if not value:
            return False
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._value_error(name)
        records = self.env[self._fields[name].comodel_name]
        if name in ("category_id", "remedy_demanded_id"):
            # sudo: catalogues say the same to everybody who hands in a complaint
            records = records.sudo()
        found = records.search([("id", "=", value)])
        if not found:
            raise self._value_error(name)
        return found.id

    def _check_moment(self, value):
        try:
            return fields.Datetime.to_datetime(value)
        except (TypeError, ValueError) as error:
            raise self._value_error("date_received") from error

    def _check_amount(self, value):
        # a bool is an int, and no amount
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        # neither "not a number" nor infinity is between the two
        if not is_number or not 0 <= value < float("inf"):
            raise self._value_error("amount_demanded")
        return value

    def _check_channel(self, code):
        # sudo: as for the other catalogues
        channels = self.env["crm.complaint.channel"].sudo()
        if not isinstance(code, str) or code not in dict(CHANNEL_CODES):
            raise self._value_error("channel_id")
        return channels._get_by_code(code)

    def _value_error(self, name):
        return ValidationError(
            self.env._(
                "%(field)s: this value cannot be used. It does not exist, is out of your reach or"
                " has the wrong form.",
                field=self._fields[name]._description_string(self.env),
            )
        )
