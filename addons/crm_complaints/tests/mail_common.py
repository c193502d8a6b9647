from email.message import EmailMessage

from .common import ComplaintsCase

FROM = "Carla Customer <carla@customer.example.com>"


class MailCase(ComplaintsCase):
    """A mailbox of the team, and mails that come to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.domain = cls.env["mail.alias.domain"].create(
            {"name": "shop.example.com", "bounce_alias": "bounce", "catchall_alias": "catchall"}
        )
        cls.env.company.alias_domain_id = cls.domain
        cls.mailbox = cls.env["crm.complaint.mailbox"].create(
            {
                "name": "Complaints",
                "alias_name": "complaints",
                "team_id": cls.team.id,
                "category_id": cls.category.id,
            }
        )
        cls.env["ir.config_parameter"].set_param("mail.gateway.loop.threshold", 20)

    @classmethod
    def mail(cls, number, sender=FROM, to="complaints@shop.example.com", **headers):
        """Return a mail; further headers by name with underscores, ``body`` is its text."""
        message = EmailMessage()
        body = headers.pop("body", "Two boxes were damaged.")
        message["Message-Id"] = f"<{number}@customer.example.com>"
        message["From"] = sender
        message["To"] = to
        message["Subject"] = headers.pop("subject", "Damaged boxes")
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(body)
        return message

    @classmethod
    def receive(cls, message, model=None):
        """Hand a mail, as message or bytes, to the gateway; return the complaints it made."""
        before = cls.env["crm.complaint"].search([])
        raw = message if isinstance(message, bytes) else message.as_bytes()
        cls.env["mail.thread"].message_process(model, raw)
        cls.env.flush_all()
        return cls.env["crm.complaint"].search([]) - before

    @classmethod
    def quarantine(cls):
        """Return all mails in quarantine, the newest first."""
        return cls.env["crm.complaint.quarantine"].search([], order="id desc")
