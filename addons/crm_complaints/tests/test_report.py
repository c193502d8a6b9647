from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command

from .common import ComplaintsCase

NOW = "2026-06-15 12:00:00"
CLOSED = {"date_answered": "2026-06-05 12:00:00", "date_closed": "2026-06-05 12:00:00"}


@freeze_time(NOW)
class TestReport(ComplaintsCase):
    """What is counted, and for whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls.env["crm.complaint.report"]
        cls.policy = cls.env["crm.deadline.policy"].create(
            {"name": "Answer", "term_amount": 5, "term_unit": "calendar_days"}
        )
        for name in ("crm.complaint.level", "crm.complaint.term_rule"):
            if name in cls.env:
                cls.env[name].search([]).active = False

    def _clock(self, complaint, kind="first_answer", stop=None):
        clock = complaint._deadline_start(self.policy, kind, complaint.date_received)
        if stop:
            clock._stop(stop)
        return clock

    def _figures(self, complaints, *names):
        line = self.report.browse(complaints.ids)
        return line.read(names, load=None)[0] if len(line) == 1 else line.read(names, load=None)

    def test_a_line_has_the_id_of_its_complaint(self):
        complaint = self.complaint(date_received="2026-06-01 12:00:00")

        line = self.report.browse(complaint.id)

        self.assertEqual(line.complaint_id, complaint)
        self.assertEqual(line.action_open_complaint()["res_id"], complaint.id)

    def test_terms_kept_and_missed_make_the_share_in_time(self):
        kept, late = (self.complaint(date_received="2026-06-01 12:00:00") for _one in range(2))
        self._clock(kept, stop=datetime(2026, 6, 3, 12))
        self._clock(late, stop=datetime(2026, 6, 9, 12))
        self.env.flush_all()

        ((share,),) = self.report._read_group(
            [("id", "in", (kept | late).ids)], [], ["answered_in_time_percent:avg"]
        )

        self.assertEqual(share, 50)

    def test_a_term_of_the_law_counts_beside_the_promise(self):
        complaint = self.complaint(date_received="2026-06-01 12:00:00")
        self._clock(complaint, stop=datetime(2026, 6, 3, 12))
        self._clock(complaint, kind="law_first_answer", stop=datetime(2026, 6, 9, 12))

        self.assertEqual(self.report.browse(complaint.id).answered_in_time_percent, 0)

    def test_overdue_is_what_is_still_to_be_done(self):
        done, undone = (self.complaint(date_received="2026-06-01 12:00:00") for _one in range(2))
        self._clock(done, stop=datetime(2026, 6, 9, 12))
        self._clock(undone)._move("miss")
        self.env.flush_all()

        self.assertFalse(self.report.browse(done.id).is_overdue)
        self.assertTrue(self.report.browse(undone.id).is_overdue)

    def test_age_is_of_open_ones_only(self):
        young = self.complaint(date_received="2026-06-10 12:00:00")
        old = self.complaint(date_received="2026-03-01 12:00:00")
        closed = self.complaint(
            date_received="2026-06-01 12:00:00", stage_id=self.stage_closed.id, **CLOSED
        )

        found = [self.report.browse(one.id).age_group for one in (young, old, closed)]

        self.assertEqual(found, ["a_week", "d_more", False])
        self.assertEqual(self.report.browse(closed.id).days_to_close, 4)

    def test_employees_whom_it_is_about_can_be_grouped_by(self):
        complaint = self.complaint(about_user_ids=[Command.set(self.salesman.ids)])

        rows = self.report._read_group([("id", "=", complaint.id)], ["about_user_ids"], ["__count"])

        self.assertEqual(rows, [(self.salesman, 1)])

    def test_causes_divide_a_complaint_by_their_shares(self):
        first, second = self.env["crm.complaint.cause"].create(
            [{"name": "Test Carrier"}, {"name": "Test Picking"}]
        )
        complaint, other = self.complaint(), self.complaint(is_confidential=True)
        for one, cause, share in (
            (complaint, first, 70),
            (complaint, second, 30),
            (other, second, 100),
        ):
            self.env["crm.complaint.cause.share"].create(
                {"complaint_id": one.id, "cause_id": cause.id, "share_percent": share}
            )
        causes = self.env["crm.complaint.report.cause"].with_user(self.manager)
        ours = [("cause_id", "in", (first | second).ids)]

        rows = causes._read_group(ours, ["cause_id"], ["weight:sum"], order="weight:sum DESC")

        found = [(cause, round(weight, 2)) for cause, weight in rows]
        self.assertEqual(found, [(second, 1.3), (first, 0.7)])
        self.assertEqual(causes.with_user(self.all_clerk).search_count(ours), 2)

    def test_the_class_of_a_customer_is_his_first_tag(self):
        tags = self.env["res.partner.category"].create([{"name": "A"}, {"name": "B"}])
        self.company_partner.category_id = tags
        complaint = self.complaint()

        self.assertEqual(self.report.browse(complaint.id).customer_class_id, tags[0])

    def test_t21_counts_groups_and_lines_tell_nothing_of_hidden_ones(self):
        self.complaint()
        self.complaint(is_confidential=True, user_id=self.manager.id)
        self.complaint(about_user_ids=[Command.set(self.all_clerk.ids)])
        self.complaint(team_id=self.other_team.id, user_id=self.colleague.id)
        mine = [("category_id", "=", self.category.id)]
        for role, count in [("clerk", 2), ("colleague", 1), ("all_clerk", 2), ("manager", 4)]:
            report = self.report.with_user(self[role])
            with self.subTest(role=role):
                ((_category, grouped),) = report._read_group(mine, ["category_id"], ["__count"])
                self.assertEqual(report.search_count(mine), count)
                self.assertEqual(grouped, count)

    def __getitem__(self, role):
        return getattr(self, role)

    def test_t1_a_line_of_a_hidden_complaint_cannot_be_read_by_its_id(self):
        secret = self.complaint(is_confidential=True, user_id=self.manager.id)
        line = self.report.browse(secret.id).with_user(self.clerk)

        with self.assertRaises(AccessError):
            line.read(["category_id"])

    def test_nobody_writes_figures(self):
        complaint = self.complaint()
        line = self.report.browse(complaint.id)

        for role in ("clerk", "manager"):
            for deed in ("write", "create", "unlink"):
                with self.subTest(role=role, deed=deed):
                    self.assertFalse(line.with_user(self[role]).has_access(deed))


@freeze_time(NOW)
class TestOverview(ComplaintsCase):
    """The page of charts."""

    def _overview(self, user=None, **arguments):
        page = self.env["crm.complaint.overview"].with_user(user or self.manager)
        arguments.setdefault("team_id", self.team.id)
        return page.get_overview(**arguments)

    def test_t5_what_is_no_team_and_no_time_counts_as_not_said(self):
        for garbage in (True, "x", [1], {}, -1.5, None):
            with self.subTest(garbage=garbage):
                data = self._overview(days=garbage, team_id=garbage)

                self.assertEqual((data["days"], data["team"]), (90, False))

    def test_figures_open_the_complaints_they_count(self):
        for day in ("2026-06-01", "2026-06-02", "2025-12-01"):
            self.complaint(date_received=f"{day} 12:00:00")
        self.complaint(date_received="2026-06-01 12:00:00", stage_id=self.stage_closed.id, **CLOSED)

        data = self._overview(days=30)

        complaints = self.env["crm.complaint"].with_user(self.manager)
        tiles = {name: tile["value"] for name, tile in data["tiles"].items()}
        self.assertEqual((tiles["open"], tiles["received"], tiles["closed"]), (3, 3, 1))
        counted = [*(data["tiles"][name] for name in ("open", "received", "closed", "overdue"))]
        counted += [*data["categories"], *data["stages"], *data["ages"], *data["channels"]]
        for figure in counted:
            count = figure.get("value", figure.get("count"))
            self.assertEqual(complaints.search_count(figure["domain"]), count, figure)

    def test_running_shares_of_a_pareto_end_at_a_hundred(self):
        for name in ("A", "B"):
            category = self.env["crm.complaint.category"].create({"name": name})
            self.complaint(category_id=category.id)
        self.complaint()
        self.complaint()

        bars = self._overview()["categories"]

        self.assertEqual([bar["count"] for bar in bars], [2, 1, 1])
        self.assertEqual([bar["running_percent"] for bar in bars], [50, 75, 100])

    def test_a_queue_without_pace_will_miss_its_deadlines(self):
        policy = self.env["crm.deadline.policy"].create(
            {"name": "End", "term_amount": 5, "term_unit": "calendar_days"}
        )
        complaint = self.complaint(date_received="2026-06-14 12:00:00")
        complaint._deadline_open()._cancel("only the clock of this test")
        complaint._deadline_start(policy, "resolution")

        (line,) = self._overview()["forecast"]

        self.assertEqual((line["late"], line["coming"], line["queue"]), (0, 1, 1))

    def test_weeks_without_complaints_are_on_the_axis_too(self):
        for day in ("2026-05-28", "2026-06-11"):
            self.complaint(date_received=f"{day} 12:00:00")

        trend = self._overview(days=30)["trend"]

        received = [week["received"] for week in trend]
        self.assertEqual(sum(received), 2)
        self.assertEqual(received[received.index(1) :][:3], [1, 0, 1])

    def test_bars_of_a_catalogue_are_named_without_the_entries_above(self):
        leaf = self.category.create({"name": "Leaf", "parent_id": self.category.id})
        self.complaint(category_id=leaf.id)

        (bar,) = self._overview()["categories"]

        self.assertEqual((bar["label"], bar["name"]), ("Leaf", "Test Category / Leaf"))

    def test_open_incidents_and_bottlenecks_are_on_the_page_of_those_who_see_them(self):
        incident = self.env["crm.complaint.incident"]._found_create(
            [
                {
                    "subject": "Rise: Chairs",
                    "category_id": self.category.id,
                    "company_id": self.env.company.id,
                    "case_count": 9,
                    "usual_count": 0.54,
                    "day_count": 7,
                    "date_open": NOW,
                }
            ]
        )
        self.env["crm.complaint.signal"]._sealed_create(
            [
                {
                    "stage_id": self.stage_received.id,
                    "team_id": team.id,
                    "company_id": self.env.company.id,
                    "case_count": 9,
                    "total_count": 10,
                    "percent": 90,
                    "date_open": NOW,
                    "state": "open",
                }
                for team in (self.team, self.other_team)
            ]
        )

        seen = self._overview()["alarms"]

        self.assertEqual(
            [(alarm["name"], alarm["detail"]) for alarm in seen],
            [
                ("Rise: Chairs", "9 in 7 days, usual 0.5"),
                ("Complaints Desk: 90 % of open complaints in “Received”", "9 of 10"),
            ],
        )
        self.assertEqual((seen[0]["model"], seen[0]["id"]), (incident._name, incident.id))
        self.assertEqual(len(self._overview(team_id=False)["alarms"]), 3)
        self.assertEqual(len(self._overview(self.clerk)["alarms"]), 1)

    def test_t5_garbage_for_arguments_falls_back(self):
        self.complaint()
        for arguments in (
            {"days": "x"},
            {"days": -1},
            {"days": [90]},
            {"team_id": "1 OR 1=1"},
            {"team_id": [1]},
            {"team_id": -5},
        ):
            with self.subTest(**arguments):
                self.assertEqual(self._overview(**arguments)["days"], 90)

    def test_t14_the_page_is_for_people_with_rights_on_complaints(self):
        for user in (self.outsider, self.salesman, self.customer_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._overview(user)

    def test_t21_a_clerk_gets_figures_of_what_he_sees(self):
        self.complaint()
        self.complaint(is_confidential=True, user_id=self.manager.id)

        self.assertEqual(self._overview(self.clerk)["tiles"]["open"]["value"], 1)
        self.assertEqual(self._overview(self.manager)["tiles"]["open"]["value"], 2)
