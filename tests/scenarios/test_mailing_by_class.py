"""A mailing to the customers of a class, as somebody in marketing writes it."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.crm_segments.tests.common import SegmentCase


@tagged("post_install", "-at_install")
class TestMailingByClass(SegmentCase):
    """Classes are a condition on recipients: those of the moment of sending."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.at(cls.clock)
        cls.large, cls.small = (
            cls.customer(f"Mailed {name}", email=f"{name}@classes.example")
            for name in ("large", "small")
        )
        cls.buyer = cls.customer(
            "Buyer", is_company=False, parent_id=cls.large.id, email="buyer@classes.example"
        )
        cls.won(cls.large, 900)
        cls.won(cls.small, 10)
        cls.abc = cls.method()
        cls.abc.action_start()
        cls.best = cls.abc.segment_ids.filtered(lambda one: one.code == "A")
        role = "mass_mailing.group_mass_mailing_user"
        cls.mailer, cls.stranger = cls._make_users(
            ("class_mailer", "Mia Mailer", role),
            ("class_stranger", "Sam Stranger", role),
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.mailer.group_ids = [Command.link(cls.env.ref("crm_segments.group_user").id)]

    def mailing(self, user, condition=None):
        wanted = condition or ("segment_ids", "in", self.best.ids)
        return (
            self.env["mailing.mailing"]
            .with_user(user)
            .create(
                {
                    "subject": "To the best",
                    "body_html": "<p>Thank you</p>",
                    "mailing_model_id": self.env["ir.model"]._get_id("res.partner"),
                    "mailing_domain": repr([wanted]),
                }
            )
        )

    def recipients(self, mailing):
        return self.env["res.partner"].browse(mailing._get_recipients())

    def test_it_reaches_customers_of_the_class_and_their_people(self):
        self.assertEqual(self.recipients(self.mailing(self.mailer)), self.large | self.buyer)

    def test_a_class_can_be_asked_for_by_its_code(self):
        mailing = self.mailing(self.mailer, ("segment_ids.code", "=", "A"))

        self.assertEqual(self.recipients(mailing), self.large | self.buyer)

    def test_whoever_has_come_into_the_class_meanwhile_gets_it(self):
        mailing = self.mailing(self.mailer)
        self.won(self.small, 90000)
        self.abc.action_compute()

        self.assertEqual(self.recipients(mailing), self.small)

    def test_it_is_sent_to_them_and_nobody_else(self):
        mailing = self.mailing(self.mailer)

        # as the job does
        mailing.with_user(self.env.ref("base.user_root")).action_send_mail()

        traces = self.env["mailing.trace"].search([("mass_mailing_id", "=", mailing.id)])
        self.assertEqual(set(traces.mapped("res_id")), set((self.large | self.buyer).ids))

    def test_t15_nobody_asks_for_classes_he_may_not_see(self):
        mailing = self.mailing(self.mailer)

        with self.assertRaises(AccessError):
            mailing.with_user(self.stranger)._get_recipients()
