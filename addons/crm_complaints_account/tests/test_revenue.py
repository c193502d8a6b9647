from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from .common import AccountComplaintsCase


@freeze_time("2026-12-01 08:00:00")
class TestRevenue(AccountComplaintsCase):
    """Lost after a complaint, or saved by it; compensation as a part of revenue."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"complaint_revenue_days": 90, "complaint_lost_percent": 20})
        cls.case = cls.complaint(date_received="2026-05-10 12:00:00")

    def bought(self, date, net=1000, **values):
        return self.invoice((net, self.tax), invoice_date=date, **values)

    def line(self, case=None, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        reports = self.env["crm.complaint.report"].with_user(user or self.manager)
        return reports.browse((case or self.case).id)

    def test_revenue_is_untaxed_and_within_the_time(self):
        for date in ("2026-02-08", "2026-02-09", "2026-05-09"):
            self.bought(date)
        for date in ("2026-05-10", "2026-08-07", "2026-08-08"):
            self.bought(date, 300)

        self.assertRecordValues(self.line(), [{"revenue_before": 2000, "revenue_after": 600}])

    def test_credit_notes_lower_and_drafts_and_strangers_count_for_nothing(self):
        self.bought("2026-05-01")
        self.bought("2026-05-02", 400, move_type="out_refund")
        self.bought("2026-05-02", post=False)
        self.bought("2026-05-02", partner_id=self.stranger.id)

        self.assertEqual(self.line().revenue_before, 600)

    def test_people_of_a_company_buy_together(self):
        self.bought("2026-05-01", partner_id=self.company_partner.id)

        self.assertEqual(self.line().revenue_before, 1000)

    def test_verdicts(self):
        recent = {"date_received": "2026-11-20 12:00:00"}
        for verdict, before, after, values in [
            ("lost", 1000, 0, {}),
            ("lost", 1000, 199, {}),
            ("saved", 1000, 200, {}),
            (False, 0, 500, {}),
            (False, 0, 0, {}),
            ("running", 1000, 0, recent),
            ("saved", 1000, 500, recent),
        ]:
            with self.subTest(before=before, after=after, **values):
                partner = self.env["res.partner"].create({"name": "Buyer"})
                case = self.complaint(
                    partner_id=partner.id, **{"date_received": "2026-05-10 12:00:00", **values}
                )
                first, then = (
                    ("2026-11-01", "2026-11-25") if values else ("2026-05-01", "2026-06-01")
                )
                if before:
                    self.bought(first, before, partner_id=partner.id)
                if after:
                    self.bought(then, after, partner_id=partner.id)
                self.assertEqual(self.line(case).revenue_verdict, verdict)

    def test_the_share_saved_is_of_those_of_whom_it_can_be_said(self):
        kept, lost, unknown = self.env["res.partner"].create([{"name": "B"}] * 3)
        cases = self.env["crm.complaint"]
        for partner in (kept, lost, unknown):
            cases |= self.complaint(partner_id=partner.id, date_received="2026-05-10 12:00:00")
        self.bought("2026-05-01", partner_id=kept.id)
        self.bought("2026-05-01", partner_id=lost.id)
        self.bought("2026-06-01", partner_id=kept.id)
        self.env.flush_all()

        rows = (
            self.env["crm.complaint.report"]
            .with_user(self.manager)
            ._read_group([("id", "in", cases.ids)], [], ["saved_percent:avg", "__count"])
        )

        self.assertEqual(rows, [(50.0, 3)])

    def test_who_buys_nothing_any_more_lowers_the_average(self):
        other = self.env["res.partner"].create({"name": "Buyer"})
        cases = self.case | self.complaint(partner_id=other.id, date_received="2026-05-10 12:00:00")
        self.bought("2026-05-01")
        self.bought("2026-05-01", partner_id=other.id)
        self.bought("2026-06-01", 500, partner_id=other.id)
        self.env.flush_all()

        rows = (
            self.env["crm.complaint.report"]
            .with_user(self.manager)
            ._read_group([("id", "in", cases.ids)], [], ["revenue_after:avg"])
        )

        self.assertEqual(rows, [(250.0,)])

    def test_who_is_saved_early_waits_for_the_share(self):
        case = self.complaint(date_received="2026-11-20 12:00:00")
        self.bought("2026-11-01")
        self.bought("2026-11-25")

        line = self.line(case).read(["revenue_verdict", "saved_percent"])[0]

        self.assertEqual(line["revenue_verdict"], "saved")
        rows = self.env["crm.complaint.report"]._read_group(
            [("id", "=", case.id)], [], ["saved_percent:avg"]
        )
        self.assertFalse(rows[0][0])

    def test_a_changed_setting_counts_at_once(self):
        self.bought("2026-05-01")
        self.bought("2026-06-01", 300)
        self.assertEqual(self.line().revenue_verdict, "saved")

        self.company.complaint_lost_percent = 50

        self.assertEqual(self.line().revenue_verdict, "lost")

    def test_t15_revenue_is_for_managers_and_accountants(self):
        self.bought("2026-05-01")
        names = ["revenue_before", "revenue_after", "revenue_verdict", "saved_percent"]

        for user in (self.clerk, self.all_clerk):
            reports = self.env["crm.complaint.report"].with_user(user)
            for name in names:
                with self.subTest(user=user.login, field=name):
                    with self.assertRaises(AccessError):
                        self.line(user=user).read([name])
                    with self.assertRaises(AccessError):
                        reports.search([(name, "!=", False)])
                    with self.assertRaises(AccessError):
                        reports._read_group(
                            [], [name] if name == "revenue_verdict" else [], [f"{name}:count"]
                        )
        for user in (self.manager, self.both, self.auditor):
            self.assertTrue(self.line(user=user).read(names))

    def test_the_profile_says_compensation_as_a_part_of_revenue(self):
        self.bought("2026-05-01")
        self.granted(self.case, 50)
        self.env.flush_all()
        profiles = self.env["crm.complaint.profile"].with_user(self.manager)

        profile = profiles.search([("partner_id", "=", self.company_partner.id)])

        self.assertRecordValues(profile, [{"revenue": 1000, "compensation_percent": 5.0}])
        self.assertIn("5.0 %", profile.explanation)

    def test_settings_out_of_sense_are_refused(self):
        for vals in (
            {"complaint_revenue_days": 0},
            {"complaint_revenue_days": 100000},
            {"complaint_lost_percent": 101},
        ):
            with (
                self.subTest(vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.company.write(vals)
                self.env.flush_all()
