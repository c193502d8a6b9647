import os
from collections import Counter, defaultdict
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from odoo.fields import Command

from ..logic.period import local_day
from .common import KpiCase

#: Each story is told with a number of its own, so that a failure can be told again. More of them
#: are told by ``KPI_STORIES``: 160 make more than 10,000 comparisons.
STORIES = range(int(os.environ.get("KPI_STORIES", "12")))
DEEDS = 22
START = datetime(2026, 3, 20)
ZONES = ("Europe/Moscow", "America/Los_Angeles")
WON = [("won_status", "=", "won")]
MEASURES = {
    "made": {},
    "open_only": {"has_archived": False},
    "worth": {"aggregate": "sum", "value_field": "expected_revenue"},
    "gain": {
        "aggregate": "sum",
        "value_field": "expected_revenue",
        "domain": WON,
        "date_field": "date_closed",
    },
    "mean": {"aggregate": "avg", "value_field": "expected_revenue"},
    "least": {"aggregate": "min", "value_field": "expected_revenue"},
    "most": {"aggregate": "max", "value_field": "expected_revenue"},
    "different": {"aggregate": "count_distinct", "value_field": "partner_id"},
    "first_one": {"aggregate": "first_ever", "value_field": "partner_id"},
    "last_one": {"aggregate": "last_ever", "value_field": "partner_id"},
    "cycle": {
        "aggregate": "duration",
        "domain": WON,
        "date_field": "date_closed",
        "is_working_time": False,
        "unit": "hours",
    },
    "part": {"aggregate": "share", "part_domain": WON},
    "late": {"date_field": "date_deadline", "late_field": "date_closed"},
}


class TestOracle(KpiCase):
    """The compiled engine and a slow one in plain Python say the same about any story."""

    compared = 0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Company of the Far West"})
        cls.other.resource_calendar_id.tz = ZONES[1]
        cls.zones = {cls.company: ZoneInfo(ZONES[0]), cls.other: ZoneInfo(ZONES[1])}
        cls.people = [cls.employee, cls.colleague, None]
        for user in cls.people[:2]:
            user.company_ids = [Command.link(cls.other.id)]
        cls.stamp(cls.employee | cls.colleague, datetime(2026, 1, 1))
        cls.partners = cls.env["res.partner"].create([{"name": f"P{n}"} for n in range(3)])
        cls.measures = {code: cls.measure(code, **values) for code, values in MEASURES.items()}

    def setUp(self):
        super().setUp()
        type(self).clock = START
        self.stays = defaultdict(list)  # who has had a lead since when
        self.leads = self.env["crm.lead"]

    def tell(self, random):
        """Let something happen to the leads."""
        moment = self.clock + timedelta(minutes=random.randrange(31, 1500))
        deeds = [self._make, self._pass_on, self._close, self._lose, self._revalue, self._delete]
        deed = random.choices(deeds, [5, 4, 3, 2, 2, 1])[0]
        if deed is self._make or not self.leads:
            self._make(random, moment)
        else:
            deed(random, moment, self.leads[random.randrange(len(self.leads))])

    def _make(self, random, moment, _lead=None):
        user = random.choice(self.people)
        lead = self.lead(
            user,
            at=moment,
            amount=random.randrange(1000),
            company_id=random.choice(list(self.zones)).id,
            partner_id=random.choice(self.partners).id,
            team_id=False,
            date_deadline=moment.date() + timedelta(days=random.randrange(4)),
        )
        self.stays[lead].append((datetime.min, user))
        self.leads |= lead

    def _pass_on(self, random, moment, lead):
        user = random.choice(self.people)
        company = lead.company_id
        self.hand_over(lead, user.id if user else False, at=moment)
        lead.company_id = company
        if user != self.stays[lead][-1][1]:
            self.stays[lead].append((moment, user))

    def _close(self, _random, moment, lead):
        self.at(moment)
        lead.action_unarchive()
        self.win(lead, at=moment)

    def _lose(self, _random, moment, lead):
        self.at(moment)
        if lead.won_status != "won":
            lead.action_set_lost()
            lead.date_closed = moment

    def _revalue(self, random, moment, lead):
        self.at(moment)
        lead.expected_revenue = random.randrange(1000)

    def _delete(self, _random, _moment, lead):
        self.leads -= lead
        lead.unlink()

    def oracle(self, code):
        """Return the values of a measure by employee, as one would count them by hand."""
        measure, seen, found = self.measures[code], set(), defaultdict(list)
        dated = [lead for lead in self.leads if lead[measure.date_field]]
        is_ever = measure.aggregate in ("first_ever", "last_ever")
        for lead in sorted(
            dated,
            key=lambda lead: (lead[measure.date_field], lead.id),
            reverse=measure.aggregate == "last_ever",
        ):
            (moment, day), value = self._place(lead, measure), lead.expected_revenue
            is_met = lead.filtered_domain(measure._get_domain())
            key = (lead.company_id, lead.partner_id)
            if not is_met or (is_ever and key in seen):
                continue
            if measure.late_field and not self._is_late(lead, day):
                continue
            seen.add(key)
            user = [user for since, user in self.stays[lead] if since <= moment][-1]
            found[user.id if user else 0].append((day, value, lead))
        judged = {
            "count": len,
            "sum": lambda rows: sum(row[1] for row in rows),
            "avg": lambda rows: sum(row[1] for row in rows) / len(rows),
            "min": lambda rows: min(row[1] for row in rows),
            "max": lambda rows: max(row[1] for row in rows),
            "count_distinct": lambda rows: len({row[2].partner_id for row in rows}),
            "first_ever": lambda rows: len({row[2].partner_id for row in rows}),
            "last_ever": lambda rows: len({row[2].partner_id for row in rows}),
            "duration": lambda rows: (
                sum(
                    (row[2].date_closed - row[2].create_date).total_seconds() / 3600 for row in rows
                )
                / len(rows)
            ),
            "share": lambda rows: 100 * sum(row[2].won_status == "won" for row in rows) / len(rows),
        }[measure.aggregate]
        by_user = {user: judged(rows) for user, rows in found.items()}
        by_day = Counter()
        for user, rows in found.items():
            by_day.update((user, day) for day, _value, _lead in rows)
        return by_user, by_day

    def _place(self, lead, measure):
        """Return moment and day of an event; a day begins at midnight in UTC."""
        found = lead[measure.date_field]
        if isinstance(found, datetime):
            return found, local_day(found, self.zones[lead.company_id])
        return datetime.combine(found, time()), found

    def _is_late(self, lead, day):
        """Say whether a lead was closed after a day, or is open though the day is over."""
        return local_day(lead.date_closed or self.clock, self.zones[lead.company_id]) > day

    def compare(self, story):
        """Compare every measure, by employee and by day."""
        for code, measure in self.measures.items():
            by_user, by_day = self.oracle(code)
            values = self.values(measure, START.date(), self.clock.date() + timedelta(days=2))
            with self.subTest(story=story, measure=code):
                self.assertEqual(values.keys(), by_user.keys())
                for user, value in by_user.items():
                    self.assertAlmostEqual(values[user], value, 3)
                type(self).compared += len(by_user)
                if measure.aggregate in ("count", "sum", "avg", "share"):
                    self.assertEqual(self._count_days(measure), by_day)
                    type(self).compared += len(by_day)

    def _count_days(self, measure):
        rows = self.env["crm.kpi.fact"]._read_group(
            [("measure_id", "=", measure.id)], ["user_id", "date:day"], ["value_count:sum"]
        )
        return Counter({(user.id or 0, day): count for user, day, count in rows if count})

    def test_any_story_is_counted_as_by_hand(self):
        for story in STORIES:
            random = Random(story)
            self.leads.unlink()
            self.leads = self.leads.browse()
            for _deed in range(DEEDS):
                self.tell(random)
                if random.random() < 0.4:
                    self.refresh(*self.measures.values())
            self.rebuild(*self.measures.values())
            self.compare(story)

            with self.subTest(story=story):
                self.assertEqual(self.rebuild(*self.measures.values()), 0)

    def test_people_and_nobody_are_the_company(self):
        random = Random(99)
        for _deed in range(3 * DEEDS):
            self.tell(random)
        self.refresh(*self.measures.values())

        for code in ("made", "worth", "gain"):
            by_user = self.values(self.measures[code], START.date(), self.clock.date())
            whole = self.values(self.measures[code], START.date(), self.clock.date(), by=())
            self.assertEqual(sum(by_user.values()), whole[()])
