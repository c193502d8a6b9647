import base64
import io

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError

from odoo.addons.crm_complaints.logic.half_year import COLUMNS

from .common import ComplaintsCase

NOW = "2026-08-15 12:00:00"


@freeze_time(NOW)
class TestHalfYear(ComplaintsCase):
    """The table for a regulator."""

    def _case(self, received, closed=None, **values):
        if closed:
            values.update(stage_id=self.stage_closed.id, date_answered=closed, date_closed=closed)
        return self.complaint(date_received=received, **values)

    def _sheet(self, half="1"):
        wizard = self.env["crm.complaint.half.year"].with_user(self.manager)
        wizard = wizard.create({"year": 2026, "half": half})
        wizard.action_make()
        book = load_workbook(io.BytesIO(base64.b64decode(wizard.file)))
        names, _titles, *rows = [list(row) for row in book.active.iter_rows(values_only=True)]
        return names, {row[0]: dict(zip(names, row, strict=True)) for row in rows}

    def test_counts_of_a_half_year(self):
        self._case("2025-12-01 12:00:00")
        self._case("2026-02-01 12:00:00", "2026-02-03 12:00:00", outcome="upheld")
        self._case("2026-02-01 12:00:00", "2026-03-01 12:00:00", outcome="partly")
        self._case("2026-02-01 12:00:00", "2026-06-01 12:00:00", outcome="rejected")
        self._case("2026-06-20 12:00:00", "2026-07-20 12:00:00", outcome="upheld")
        self._case("2026-07-05 12:00:00")

        names, rows = self._sheet()

        self.assertEqual(names, list(COLUMNS))
        expected = {
            "open_before": 1, "opened": 4, "closed": 3, "closed_3_days": 1, "closed_8_weeks": 1,
            "closed_later": 1, "upheld": 1, "partly_upheld": 1, "rejected": 1, "withdrawn": 0,
            "open_after": 2,
        }  # fmt: skip
        row = rows["Test Category"]
        self.assertEqual({name: row[name] for name in expected}, expected)

    def test_what_was_open_and_came_is_what_was_closed_and_is_left(self):
        self._case("2025-12-01 12:00:00", "2026-01-20 12:00:00")
        self._case("2026-03-01 12:00:00")
        for half in ("1", "2"):
            total = self._sheet(half)[1]["Total"]
            with self.subTest(half=half):
                self.assertEqual(
                    total["open_before"] + total["opened"], total["closed"] + total["open_after"]
                )

    def test_t17_a_name_like_a_formula_is_text(self):
        self.category.name = "=HYPERLINK(1)"
        self._case("2026-02-01 12:00:00")

        _names, rows = self._sheet()

        self.assertIn("'=HYPERLINK(1)", rows)

    def test_a_year_that_is_none_is_refused(self):
        wizard = self.env["crm.complaint.half.year"].create({"year": 20, "half": "1"})

        with self.assertRaisesRegex(UserError, "between 2000 and 2100"):
            wizard.action_make()


@freeze_time(NOW)
class TestProfile(ComplaintsCase):
    """How often a customer complains, beside similar ones."""

    def _decided(self, partner, upheld, rejected):
        for outcome, count in (("upheld", upheld), ("rejected", rejected)):
            for _one in range(count):
                self.complaint(
                    partner_id=partner.id, outcome=outcome, stage_id=self.stage_closed.id
                )

    def _profile(self, partner, user=None):
        return (
            self.env["crm.complaint.profile"]
            .with_user(user or self.manager)
            .search([("partner_id", "=", partner.id)])
        )

    def test_a_customer_is_compared_with_similar_ones(self):
        tag = self.env["res.partner.category"].create({"name": "Test Class"})
        right, wrong = self.env["res.partner"].create(
            [{"name": name, "category_id": tag.ids} for name in ("Right", "Wrong")]
        )
        self._decided(right, 9, 0)
        self._decided(wrong, 0, 9)

        profiles = [self._profile(partner) for partner in (right, wrong)]

        self.assertEqual([one.upheld_verdict for one in profiles], ["more", "less"])
        self.assertIn("9 of 9 decided complaints were upheld", profiles[0].explanation)
        self.assertIn("nothing is refused", profiles[0].explanation)

    def test_few_cases_say_nothing(self):
        self._decided(self.customer, 2, 0)

        profile = self._profile(self.company_partner)

        self.assertEqual((profile.complaint_count, profile.upheld_verdict), (2, "too_few"))

    def test_only_managers_see_it(self):
        self.complaint()
        for role in ("clerk", "leader", "all_clerk", "salesman", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self._profile(self.company_partner, getattr(self, role))
            with self.subTest(role=role, door="button"), self.assertRaises(AccessError):
                self.customer.with_user(getattr(self, role)).action_complaint_profile()

    def test_t21_what_a_manager_may_not_see_is_not_counted(self):
        self.complaint()
        self.complaint(about_user_ids=self.manager.ids)

        self.assertEqual(self._profile(self.company_partner).complaint_count, 1)


@freeze_time(NOW)
class TestTakeOver(ComplaintsCase):
    """Complaints of other programs."""

    def _take(self, source, text, user=None):
        wizard = self.env["crm.complaint.take.over"].with_user(user or self.manager)
        return wizard.create({"source": source, "file": base64.b64encode(text.encode())})

    def test_tickets_become_complaints_once(self):
        text = (
            "id,number,name,partner_name,create_date,stage_id,category_id,closed_date\n"
            "__export__.t_1,HT1,Broken,Ann,2020-01-02 10:00:00,Done,Test Category,"
            "2020-01-05 10:00:00\n"
            "__export__.t_2,HT2,Late,Bob,2020-01-03 10:00:00,Awaiting,Test Category,\n"
        )
        wizard = self._take("helpdesk_mgmt", text)

        wizard.action_import()
        again = self._take("helpdesk_mgmt", text)
        again.action_import()

        found = self.env["crm.complaint"].search([("reference", "in", ["HT1", "HT2"])])
        self.assertEqual(
            {(c.name, c.contact_name, c.state, str(c.date_received)) for c in found},
            {
                ("Broken", "Ann", "closed", "2020-01-02 10:00:00"),
                ("Late", "Bob", "open", "2020-01-03 10:00:00"),
            },
        )
        self.assertIn("2 complaints taken over", wizard.result)
        self.assertIn("2 were here already", again.result)

    def test_an_unknown_category_is_said_by_row_and_nothing_is_taken(self):
        wizard = self._take(
            "crm_claim", "code;name;categ_id\nC1;One;Test Category\nC2;Two;No Such Thing\n"
        )

        with self.assertRaisesRegex(UserError, "Row 3.*No Such Thing"):
            wizard.action_import()
        self.assertFalse(self.env["crm.complaint"].search([("reference", "=", "C1")]))

    def test_garbage_is_refused_with_a_word(self):
        for text, message in (("", "Choose a CSV"), ("a,b\n1,2\n", "None of the columns")):
            with self.subTest(text=text), self.assertRaisesRegex(UserError, message):
                self._take("crm_claim", text).action_import()
        wizard = self._take("crm_claim", "x")
        wizard.file = base64.b64encode(b"\xff\xfe\x00name")
        with self.assertRaisesRegex(UserError, "UTF-8|Choose a CSV"):
            wizard.action_import()

    def test_the_template_of_each_source_is_understood(self):
        for source in ("own", "crm_claim", "helpdesk_mgmt", "mgmtsystem_nonconformity"):
            wizard = self._take(source, "x")
            wizard.action_template()
            header = base64.b64decode(wizard.template).decode()
            names = header.strip().split(",")
            row = ",".join("Subject" if name == "name" else "" for name in names)
            filled = self._take(source, f"{header}{row}\n")
            with self.subTest(source=source):
                filled.action_import()
                self.assertIn("1 complaints taken over", filled.result)
                self.assertNotIn("left out", filled.result)

    def test_t6_scripts_of_other_programs_are_taken_out(self):
        self._take(
            "crm_claim", "code,description\nC9,<script>alert(1)</script>hello\n"
        ).action_import()

        complaint = self.env["crm.complaint"].search([("reference", "=", "C9")])
        self.assertNotIn("<script", complaint.description)
