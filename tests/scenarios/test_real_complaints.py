"""Real complaints come in through Odoo's import; figures agree with the file, clocks run."""

import unittest
from collections import Counter

from freezegun import freeze_time

from odoo.tests import TransactionCase, new_test_user, tagged

from . import complaint_files as files

BATCH = 1000
#: Some days after the last complaint: whatever was left open is late by then.
TODAY = "2024-01-15 12:00:00"
IN_PROGRESS = 616


@tagged("post_install", "-at_install")
@unittest.skipUnless(
    files.folder().is_dir(), "the public sample of complaints is not here (set SUITE_DATA)"
)
@freeze_time(TODAY)
class TestRealComplaints(TransactionCase):
    """2,067 complaints about banks and credit bureaus, with the figures known beforehand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._put_aside_other_terms()
        cls.rows = files.read()
        cls.issues = sorted({row["Issue"] for row in cls.rows})
        cls.products = sorted({row["Product"] for row in cls.rows})
        cls.importer = new_test_user(
            cls.env, "importer", "crm_complaints.group_manager,base.group_partner_manager"
        )
        cls.clerk = new_test_user(cls.env, "bank_clerk", "crm_complaints.group_user")
        cls.team = cls.env["crm.team"].create({"name": "Desk of the Bank"})
        cls._load_catalogues()
        cls._load_complaints()
        cls._run_clocks()

    @classmethod
    def _put_aside_other_terms(cls):
        """Retire the terms that ship with the add-on: the file has its own."""
        for name in ("crm.complaint.level", "crm.complaint.term_rule"):
            if name in cls.env:
                cls.env[name].search([]).active = False

    @classmethod
    def _import(cls, model, columns, rows, user=None):
        """Import rows in batches as the Import button does (no history); return the ids."""
        context = {"import_file": True, "tracking_disable": True}
        records = cls.env[model].with_context(**context)
        records = records.with_user(user) if user else records
        ids = []
        for start in range(0, len(rows), BATCH):
            result = records.load(list(columns), rows[start : start + BATCH])
            assert result["ids"], result["messages"]
            ids += result["ids"]
        return ids

    @classmethod
    def _load_catalogues(cls):
        for model, kind, names in (
            ("crm.complaint.category", "issue", cls.issues),
            ("product.product", "product", cls.products),
        ):
            rows = [[files.mark(kind, names, name), name] for name in names]
            cls._import(model, ["id", "name"], rows)

    @classmethod
    def _complaint_rows(cls):
        return [
            files.complaint_row(row, cls.issues, cls.products, cls.team.id, cls.clerk.id)
            for row in cls.rows
        ]

    @classmethod
    def _load_complaints(cls):
        ids = cls._import("crm.complaint", files.COLUMNS, cls._complaint_rows(), cls.importer)
        cls.complaints = cls.env["crm.complaint"].browse(ids)

    @classmethod
    def _run_clocks(cls):
        """Let a clock of the answer and one of the resolution run for each, as the file tells."""
        answer, resolution = cls.env["crm.deadline.policy"].create(
            [
                {"name": "Answer", "term_amount": files.TERM_DAYS, "term_unit": "calendar_days"},
                {"name": "Resolution", "term_amount": 60, "term_unit": "calendar_days"},
            ]
        )
        cls.env["crm.deadline.step"].create(
            {"policy_id": resolution.id, "moment": "at", "whom": "responsible", "deed": "activity"}
        )
        # from when on the ladder counts; the complaints are older than this run
        cls.env.cr.execute("UPDATE crm_deadline_step SET date_from = '2010-01-01'")
        cls.env.invalidate_all()
        sent = {
            complaint.id: files.moment(row["Date sent to company"])
            for complaint, row in zip(cls.complaints, cls.rows, strict=True)
        }
        answers = cls.complaints._deadline_start(answer, "first_answer", sent)
        answered = {
            complaint.id: files.date_answered(row)
            for complaint, row in zip(cls.complaints, cls.rows, strict=True)
        }
        answers._stop({clock.id: answered[clock.res_id] for clock in answers})
        ends = cls.complaints._deadline_start(resolution, "resolution", sent)
        done = set(cls.complaints.filtered(lambda complaint: complaint.state == "closed").ids)
        closed = ends.filtered(lambda clock: clock.res_id in done)
        closed._stop({clock.id: answered[clock.res_id] for clock in closed})
        cls.ends = ends - closed
        cls.env.flush_all()

    def _sweep(self):
        with self.enter_registry_test_mode():
            self.env.ref("crm_deadline.ir_cron_sweep").method_direct_trigger()
        self.env.invalidate_all()

    def test_figures_agree_with_the_file(self):
        found = Counter(
            (c.category_id.name, c.product_id.name, c.channel_id.code, str(c.date_received.date()))
            for c in self.complaints
        )

        expected = Counter(
            (r["Issue"], r["Product"], files.CHANNELS[r["Submitted via"]], r["Date received"])
            for r in self.rows
        )
        self.assertEqual(len(self.complaints), 2067)
        self.assertEqual(found, expected)

    def test_each_has_number_narrative_and_its_first_move(self):
        told = [c for c in self.complaints if c.description]
        moves = self.env["crm.complaint.move"].search([("complaint_id", "in", self.complaints.ids)])

        self.assertEqual(len(set(self.complaints.mapped("number"))), 2067)
        self.assertEqual(len(told), 389)
        self.assertEqual(len(moves), 2067)

    def test_responses_became_stages_and_outcomes(self):
        found = Counter((c.state, c.outcome) for c in self.complaints)

        self.assertEqual(
            found,
            {
                ("closed", "upheld"): 33,
                ("closed", "partly"): 789,
                ("closed", "rejected"): 629,
                ("open", False): IN_PROGRESS,
            },
        )

    def _report(self):
        report = self.env["crm.complaint.report"].with_user(self.importer)
        return report, [("id", "in", self.complaints.ids)]

    def test_the_pareto_by_issue_agrees_with_the_file(self):
        report, ours = self._report()

        rows = report._read_group(
            ours, ["category_id"], ["__count"], order="__count DESC, category_id"
        )

        found = {category.name: count for category, count in rows}
        self.assertEqual(found, Counter(row["Issue"] for row in self.rows))
        self.assertEqual(list(found.values()), sorted(found.values(), reverse=True))
        most = next(iter(found.items()))
        self.assertEqual(most, ("Incorrect information on your report", 714))

    def test_the_share_answered_in_time_agrees_with_the_file(self):
        report, ours = self._report()

        ((count, share),) = report._read_group(
            ours, [], ["complaint_count:sum", "answered_in_time_percent:avg"]
        )

        timely = sum(row["Timely response?"] == "Yes" for row in self.rows)
        self.assertEqual((count, timely), (2067, 2066))
        self.assertAlmostEqual(share, 100 * timely / count, 9)

    def test_the_share_in_time_of_each_issue_agrees_with_the_file(self):
        report, ours = self._report()

        rows = report._read_group(ours, ["category_id"], ["answered_in_time_percent:avg"])

        timely = Counter(row["Issue"] for row in self.rows if row["Timely response?"] == "Yes")
        for issue, count in Counter(row["Issue"] for row in self.rows).items():
            share = {category.name: value for category, value in rows}[issue]
            self.assertAlmostEqual(share, 100 * timely[issue] / count, 9, issue)

    def test_the_cron_raises_each_overdue_case_once(self):
        late = self.complaints.filtered(lambda c: c.state == "open")
        activities = [("res_model", "=", "crm.complaint"), ("res_id", "in", late.ids)]

        self._sweep()
        misses = self._count_misses()
        raised = self.env["mail.activity"].search_count(activities)
        self._sweep()

        self.assertEqual(len(late), IN_PROGRESS)
        self.assertEqual(misses, Counter(dict.fromkeys(self.ends.ids, 1)))
        self.assertEqual(self._count_misses(), misses)
        self.assertEqual(self.env["mail.activity"].search_count(activities), raised)
        self.assertEqual(set(self.ends.mapped("state")), {"missed"})

    def _count_misses(self):
        events = self.env["crm.deadline.event"].search(
            [("kind", "=", "miss"), ("clock_id", "in", self.ends.ids)]
        )
        return Counter(events.clock_id.ids) if len(events) == len(events.clock_id) else events

    def test_a_second_import_makes_no_complaint_twice(self):
        # what was decided since stands under rules of its own; the substance comes anew
        facts = ("date_answered", "date_closed", "stage_id/id", "outcome")
        keep = [number for number, name in enumerate(files.COLUMNS) if name not in facts]
        columns = [files.COLUMNS[number] for number in keep]
        rows = [[row[number] for number in keep] for row in self._complaint_rows()[:300]]

        ids = self._import("crm.complaint", columns, rows, self.importer)

        self.assertEqual(ids, self.complaints[:300].ids)
        self.assertEqual(
            self.env["crm.complaint.move"].search_count([("complaint_id", "in", ids)]), 300
        )
