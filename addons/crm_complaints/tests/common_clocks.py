from odoo import fields

from .common import ComplaintsCase


def at(text):
    """Return the naive UTC datetime of "2026-03-02 08:00", with seconds where they are given."""
    return fields.Datetime.to_datetime(text if text.count(":") > 1 else f"{text}:00")


class TermsCase(ComplaintsCase):
    """Working hours in UTC, a Russian consumer, and builders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        calendar = cls.env.company.resource_calendar_id
        calendar.tz = "UTC"
        cls.russia = cls.env.ref("crm_complaints.crm_complaint_jurisdiction_ru")
        cls.levels = cls.env["crm.complaint.level"]
        cls.standard = cls.env.ref("crm_complaints.crm_complaint_level_standard")
        cls.quality_check = cls.env.ref("crm_complaints.crm_complaint_circumstance_check")
        cls.consumer = cls.env["res.partner"].create(
            {
                "name": "Katya Consumer",
                "email": "katya@consumer.example.com",
                "country_id": cls.env.ref("base.ru").id,
            }
        )

    @classmethod
    def policy(cls, days, **values):
        """Return a policy of calendar days."""
        return cls.env["crm.deadline.policy"].create(
            {
                "name": f"{days} days",
                "term_amount": days,
                "term_unit": "calendar_days",
                **values,
            }
        )

    @classmethod
    def remedy(cls, kind):
        return cls.env.ref(f"crm_complaints.crm_complaint_remedy_{kind}")

    @classmethod
    def russian(cls, remedy="refund", **values):
        """Return a complaint of a Russian consumer who demands ``remedy``."""
        return cls.complaint(
            partner_id=cls.consumer.id, remedy_demanded_id=cls.remedy(remedy).id, **values
        )

    def clock(self, complaint, kind):
        """Return the newest clock of a kind."""
        clocks = complaint.deadline_clock_ids.filtered(lambda clock: clock.kind == kind)
        return clocks.sorted("id")[-1:]

    def states(self, complaint):
        """Return the states of the newest clocks by kind."""
        return {clock.kind: clock.state for clock in complaint.deadline_clock_ids.sorted("id")}
