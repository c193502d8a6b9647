from collections import Counter
from contextlib import closing, suppress
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.invitation.crm_survey_budget_turn import PASSING
from .worker_common import WorkersCase

#: How often a contact and his company are asked at most.
CONTACT, COMPANY = 2, 3
#: Who does what: the worker, the deed, and of an ask its contact and its survey.
STEPS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(["begin", "ask", "ask", "ask", "commit", "roll back"]),
        st.integers(0, 1),
        st.integers(0, 2),
    ),
    min_size=8,
    max_size=16,
)


class Worker:
    """A job: what another was in the way of, or what was rolled back, is for its next run."""

    def __init__(self, registry, partner_ids, survey_ids):
        self.registry = registry
        self.partner_ids, self.survey_ids = partner_ids, survey_ids
        self.cursor = None
        self.asked, self.missed = [], []

    def do(self, deed, contact, survey):
        if deed == "begin":
            self.begin()
        elif deed == "ask":
            self.ask(contact, survey)
        else:
            self.end(is_kept=deed == "commit")

    def begin(self):
        """Begin, unless at it already; from here on the database looks as it does now."""
        if self.cursor is None:
            self.cursor = self.registry.cursor()
            # one thread plays both: to wait for the other would be to wait for ever
            self.cursor.execute("SET LOCAL lock_timeout = '20ms'")
            self.cursor.execute("SELECT 1")

    def ask(self, contact, survey):
        self.begin()
        self.asked.append((contact, survey))
        vals = {"partner_id": self.partner_ids[contact], "survey_id": self.survey_ids[survey]}
        try:
            env = api.Environment(self.cursor, SUPERUSER_ID, {})
            env["crm.survey.invitation"]._invite([vals])
        except PASSING:
            self.end(is_kept=False)

    def end(self, is_kept):
        """End what is going on, if anything is."""
        if self.cursor is None:
            return
        with closing(self.cursor) as cursor:
            self.cursor = None
            # what another was in the way of is missed, as below
            with suppress(*PASSING):
                if is_kept:
                    cursor.commit()
                    self.asked = []
        self.missed += self.asked
        self.asked = []

    def run_again(self):
        """Do what was missed, as the next run of the job does, with nobody in the way."""
        missed, self.missed = self.missed, []
        for contact, survey in missed:
            self.ask(contact, survey)
            self.end(is_kept=True)


@tagged("post_install", "-at_install")
class TestBudgetSchedule(WorkersCase):
    """Two workers ask two contacts of one company, in whatever order their deeds fall."""

    def setUp(self):
        super().setUp()
        with self.worker(is_kept=True) as env:
            budgets = env["crm.survey.budget"]
            others = budgets.search([])
            others.active = False
            limits = budgets.create(
                [
                    {"scope": "contact", "maximum": CONTACT, "days": 30},
                    {"scope": "company", "maximum": COMPANY, "days": 30},
                ]
            )
            company = env["res.partner"].create({"name": "Scheduled Ltd", "is_company": True})
            partners = env["res.partner"].create(
                [
                    {
                        "name": name,
                        "email": f"{name}@schedule.example.com",
                        "parent_id": company.id,
                    }
                    for name in ("one", "two")
                ]
            )
            surveys = env["survey.survey"].create(
                [{"title": title, "survey_type": "crm_satisfaction"} for title in ("A", "B", "C")]
            )
            self.others_ids, self.limit_ids, self.company_id = others.ids, limits.ids, company.id
            self.partner_ids, self.survey_ids = partners.ids, surveys.ids
        self.addCleanup(self.remove)

    def remove(self):
        self.forget()
        with self.worker(is_kept=True) as env:
            env["survey.survey"].browse(self.survey_ids).unlink()
            env["res.partner"].browse([*self.partner_ids, self.company_id]).unlink()
            env["crm.survey.budget"].browse(self.limit_ids).unlink()
            env["crm.survey.budget"].browse(self.others_ids).active = True

    def forget(self):
        """Leave nothing of a schedule: the next one begins where this one began."""
        with self.worker(is_kept=True) as env:
            domain = [("survey_id", "in", self.survey_ids)]
            env["crm.survey.invitation"].search(domain)._sealed_unlink()
            domain = [("partner_id", "in", [*self.partner_ids, self.company_id])]
            env["crm.survey.budget.turn"].search(domain)._sealed_unlink()

    def read(self):
        """Return (contact, survey, state, reason) of what is decided for good."""
        with self.worker() as env:
            rows = env["crm.survey.invitation"].search([("survey_id", "in", self.survey_ids)])
            return [(row.partner_id.id, row.survey_id.id, row.state, row.reason) for row in rows]

    def check_limits(self, rows):
        """Return how many of the company are asked: neither it nor a contact too often."""
        asked = Counter(contact for contact, _survey, state, _why in rows if state != "not_sent")
        self.assertLessEqual(max(asked.values(), default=0), CONTACT)
        self.assertLessEqual(asked.total(), COMPANY)
        return asked.total()

    @settings(max_examples=15, deadline=None, database=None, derandomize=True)
    @given(STEPS)
    def test_t18_no_order_of_deeds_exceeds_a_limit_or_loses_a_candidate(self, steps):
        rows = self.play(steps)

        wanted = {
            (self.partner_ids[contact], self.survey_ids[survey])
            for _number, deed, contact, survey in steps
            if deed == "ask"
        }
        self.assertEqual({(contact, survey) for contact, survey, _state, _why in rows}, wanted)
        for _contact, _survey, state, why in rows:
            self.assertIn((state, bool(why)), [("decided", False), ("not_sent", True)])
        # nobody is refused in vain
        by_contact = Counter(contact for contact, _survey in wanted)
        possible = sum(min(CONTACT, count) for count in by_contact.values())
        self.assertEqual(self.check_limits(rows), min(COMPANY, possible))

    def test_t18_without_turns_a_limit_would_be_exceeded(self):
        steps = [(0, "begin", 0, 0), (1, "begin", 0, 0)]
        steps += [(0, "ask", 0, 0), (0, "ask", 0, 1), (1, "ask", 0, 2)]
        steps += [(0, "commit", 0, 0), (1, "commit", 0, 0)]
        turns = self.registry["crm.survey.budget.turn"]

        self.play(steps)
        with (
            patch.object(turns, "_take", lambda _self, _partner_ids: None),
            self.assertRaisesRegex(AssertionError, "3 not less than or equal to 2"),
        ):
            self.play(steps)

    def play(self, steps):
        """Play a schedule to its end, and return who was asked, and who was not and why.

        The limits are looked at after each deed. Nothing is left.
        """
        workers = [Worker(self.registry, self.partner_ids, self.survey_ids) for _number in "12"]
        try:
            with mute_logger("odoo.sql_db"):
                for number, deed, contact, survey in steps:
                    workers[number].do(deed, contact, survey)
                    self.check_limits(self.read())
                for worker in workers:
                    worker.end(is_kept=True)
                for worker in workers:
                    worker.run_again()
            return self.read()
        finally:
            for worker in workers:
                worker.end(is_kept=False)
            self.forget()
