import secrets
from dataclasses import dataclass

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, hash_sign, plaintext2html, verify_hash_signed

from ...logic.form_guard import Attempt, Limits, Verdict, judge

#: A stamp is good for sending one form once.
SCOPE = "crm_complaints.form"
#: How many characters a field of a form takes. Other fields are not taken at all.
TEXT_SIZES = {
    "name": 200,
    "description": 20_000,
    "contact_name": 100,
    "email_from": 200,
    "phone": 50,
    "reference": 100,
}
CHOICES = ("category_id", "remedy_demanded_id")


@dataclass(frozen=True)
class FormSender:
    """Who sends a form, as far as the server knows."""

    address: str
    stamp: str
    is_bait_taken: bool = False


class CrmComplaint(models.Model):
    """Complaints by form: of a signed-in customer, and of anybody without signing in.

    Private: only the pages call it, after the checks of the request. What looks like a machine's
    work waits in quarantine: a real complaint among it is not lost.
    """

    _inherit = "crm.complaint"

    @api.model
    def _stamp_form(self):
        """Return the stamp of a form that is shown now."""
        # sudo: to read the secret of the database
        env = self.env(su=True)
        now = fields.Datetime.now().timestamp()
        return hash_sign(env, SCOPE, [secrets.token_hex(16), now], expiration_hours=24)

    @api.model
    def _read_stamp(self, stamp):
        """Return the mark of a form and for how many seconds it was open; none if not ours."""
        try:
            # sudo: as above
            mark, opened = verify_hash_signed(self.env(su=True), SCOPE, stamp[:500])
        except (ValueError, TypeError, OverflowError):
            return None
        return mark, fields.Datetime.now().timestamp() - opened

    @api.model
    def _receive_public_form(self, values, files, sender):
        """Take a complaint from somebody who is not signed in.

        Nothing in the answer depends on whom the address belongs to; the number and the link go
        to that address by mail. The complainant is not looked up: an address proves nothing.

        :param values: what was typed, by field
        :param files: (name, content) pairs
        :param sender: a :class:`FormSender`
        :return: the :class:`~...logic.form_guard.Verdict`
        :raise UserError: for what has to be typed in another way
        """
        vals = self._prepare_form(values)
        if not vals.get("email_from"):
            raise UserError(self.env._("Enter your e-mail address: the answer goes there."))
        files = self._check_page_files(files)
        company = self.env.company
        # sudo: whoever fills in the form may read neither
        limits = Limits(of_all=company.sudo().complaint_form_limit)
        verdict, is_first = self._judge_form(sender, vals["email_from"], limits)
        if verdict == Verdict.REFUSE or not is_first:
            return verdict
        if verdict == Verdict.SUSPECT:
            self.env["crm.complaint.quarantine"]._keep_form(vals, files, company)
        else:
            self._create_from_form(vals, files, company)._send_link()
        return verdict

    @api.model
    def _receive_portal_form(self, values, files, stamp):
        """Take a complaint from the signed-in customer. Return it in sudo; empty at second click.

        :raise UserError: for what has to be typed in another way, and for too many of them
        """
        user = self.env.user
        vals = self._prepare_form(values) | {"partner_id": user.partner_id.id}
        files = self._check_page_files(files)
        sender = FormSender(f"user {user.id}", stamp)
        verdict, is_first = self._judge_form(sender, None, Limits(of_address=20, seconds_least=0))
        if verdict == Verdict.REFUSE:
            raise UserError(
                self.env._("You have sent many complaints within an hour. Send the next one later.")
            )
        if not is_first:
            return self.sudo().browse()  # sudo: empty
        for name in ("contact_name", "email_from"):
            vals.pop(name, None)
        return self._create_from_form(vals, files, self.env.company, "portal")

    @api.model
    def _receive_link_form(self, number, email, sender):
        """Mail the link again where a complaint has this number and address. Tell nobody which."""
        email = email_normalize(email) if isinstance(email, str) else None
        if not email or not isinstance(number, str) or not 0 < len(number) <= 50:
            raise UserError(self.env._("Enter the number and your e-mail address."))
        verdict, is_first = self._judge_form(sender, email, Limits(seconds_least=0))
        if verdict == Verdict.ACCEPT and is_first:
            number = number.replace("\x00", "").strip()
            # sudo: the mail goes to the address of the complaint, whoever asks for it
            domain = [("number", "=", number), ("email_normalized", "=", email)]
            self.sudo().search(domain, limit=1)._send_link()

    @api.model
    def _judge_form(self, sender, mailbox, limits):
        """Return the verdict, and whether this form comes for the first time; note that it came."""
        if not (opened := self._read_stamp(sender.stamp)):
            raise UserError(
                self.env._(
                    "The form was open for too long. Your text is still here: send it again."
                )
            )
        # sudo: nobody has a right on the hits
        hits = self.env["crm.complaint.form.hit"].sudo()
        mark, seconds = opened
        counts = hits._count(sender.address, mailbox)
        verdict = judge(Attempt(seconds, sender.is_bait_taken, *counts), limits)
        if verdict == Verdict.REFUSE:
            return verdict, True
        return verdict, hits._note(sender.address, mailbox, mark)

    @api.model
    def _prepare_form(self, values):
        """Hook: return the values of a complaint from what was typed into a form, all checked."""
        typed = {
            name: self._check_typed(name, values.get(name), TEXT_SIZES[name]) for name in TEXT_SIZES
        }
        if not typed["description"]:
            raise UserError(self.env._("Say what happened: the description is empty."))
        if typed["email_from"] and not email_normalize(typed["email_from"]):
            raise UserError(self.env._("This is not an e-mail address. Check how it is written."))
        typed["name"] = typed["name"] or typed["description"].split("\n")[0][:100]
        typed["description"] = plaintext2html(typed["description"])
        chosen = {name: self._read_choice(values.get(name)) for name in CHOICES}
        vals = self._prepare_registration({**typed, **chosen, "channel": "website"})
        return vals | {"lang": self.env.lang}

    def _check_typed(self, name, value, size):
        """Return a typed text; of one line where the field has one."""
        value = value if isinstance(value, str) else ""
        value = value.replace("\x00", "")
        if name != "description":
            value = " ".join(value.split())
        if len(value) > size:
            raise UserError(
                self.env._(
                    "%(field)s: at most %(most)s characters can be sent. Shorten it, or send the"
                    " rest as a file.",
                    field=self._fields[name]._description_string(self.env),
                    most=size,
                )
            )
        return value.strip()

    @api.model
    def _read_choice(self, value):
        """Return the id a choice of a form stands for; what is none is found out later."""
        return (
            int(value)
            if isinstance(value, str) and value.isdecimal() and len(value) < 10
            else (value or False)
        )

    @api.model
    def _create_from_form(self, vals, files, company, channel=None):
        """Create a complaint from checked values, with the files as its first message."""
        if channel:
            vals["channel_id"] = self._check_channel(channel).id
        # sudo: handing in a complaint needs no right on complaints; values are chosen above
        complaints = self.sudo().with_company(company).with_context(mail_create_nosubscribe=True)
        with self.env.cr.savepoint():
            complaint = complaints.create({**vals, "company_id": company.id})
            if files:
                complaint._page_post("", files)
        return complaint
