import csv

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form
from odoo.tools import file_open

from .common import ComplaintsCase


@freeze_time("2026-03-02 08:00:00")
class TestPhone(ComplaintsCase):
    """Writing a complaint down while somebody talks."""

    def _form(self, user, **context):
        return Form(self.env["crm.complaint.phone"].with_user(user).with_context(**context))

    def _last(self):
        return self.env["crm.complaint"].search([], order="id desc", limit=1)

    def test_a_clerk_registers_and_is_responsible(self):
        form = self._form(self.clerk)
        form.partner_id = self.customer
        form.category_id = self.category
        form.substance = "Two boxes damaged\nThe driver threw them."

        action = form.save().action_register()

        complaint = self._last()
        self.assertRecordValues(
            complaint,
            [
                {
                    "name": "Two boxes damaged",
                    "partner_id": self.customer.id,
                    "phone": "+49 30 123456",
                    "user_id": self.clerk.id,
                    "category_id": self.category.id,
                }
            ],
        )
        self.assertIn("threw", complaint.description)
        self.assertEqual(complaint.channel_id.code, "phone")
        self.assertEqual(action["params"]["links"][0]["label"], complaint.number)

    def test_an_employee_without_rights_hands_in_what_he_hears(self):
        form = self._form(self.outsider)
        form.contact_name = "Somebody"
        form.phone = "12345"
        form.substance = "Nobody calls me back"

        action = form.save().action_register()

        complaint = self._last()
        self.assertRecordValues(
            complaint,
            [{"contact_name": "Somebody", "user_id": False, "create_uid": self.outsider.id}],
        )
        self.assertIn(complaint.number, action["params"]["message"])
        self.assertNotIn("links", action["params"])
        self.assertFalse(complaint.with_user(self.outsider).has_access("read"))

    def test_the_caller_is_found_by_name_mail_and_number(self):
        partners = self.env["res.partner"].with_user(self.outsider)
        partners = partners.with_context(complaint_caller=True)

        for said in ("Carla", "Customer Ltd", "carla@customer", "030 123456", "+4930123"):
            with self.subTest(said):
                if said == "030 123456":
                    said = "30 123456"
                found = [id_ for id_, _name in partners.name_search(said)]

                self.assertIn(self.customer.id, found)

    def test_a_name_search_elsewhere_knows_no_numbers(self):
        found = self.env["res.partner"].name_search("30 123456")

        self.assertNotIn(self.customer.id, [id_ for id_, _name in found])

    def test_what_happened_before_is_shown_as_far_as_one_may_see_it(self):
        own = self.complaint()
        self.complaint(user_id=self.colleague.id, team_id=self.other_team.id)

        form = self._form(self.clerk)
        form.partner_id = self.customer
        stranger = self.env["crm.complaint.phone"].with_user(self.outsider)
        stranger = stranger.create({"partner_id": self.customer.id})

        self.assertEqual(form.earlier_ids.ids, own.ids)
        with self.assertRaises(AccessError):
            stranger.read(["earlier_ids"])

    def test_it_knows_the_customer_and_the_opportunity_it_is_opened_on(self):
        lead = self.env["crm.lead"].create(
            {"name": "Deal", "partner_id": self.customer.id, "user_id": self.salesman.id}
        )

        by_lead = self._form(self.salesman, active_model="crm.lead", active_id=lead.id)
        by_partner = self._form(
            self.outsider, active_model="res.partner", active_id=self.customer.id
        )

        self.assertEqual((by_lead.partner_id, by_lead.lead_id), (self.customer, lead))
        self.assertEqual(by_partner.partner_id, self.customer)

    def test_t1_an_opportunity_out_of_reach_tells_nothing(self):
        lead = self.env["crm.lead"].create(
            {"name": "Deal", "partner_id": self.customer.id, "user_id": self.manager.id}
        )

        for user in (self.outsider, self.salesman):
            with self.subTest(user=user.login):
                form = self._form(user, active_model="crm.lead", active_id=lead.id)

                self.assertFalse(form.partner_id)

    def test_an_empty_complaint_is_not_registered(self):
        wizard = self.env["crm.complaint.phone"].with_user(self.clerk).create({"substance": " "})

        with self.assertRaisesRegex(UserError, "Write down"):
            wizard.action_register()

    def test_a_date_in_the_future_is_refused(self):
        wizard = self.env["crm.complaint.phone"].with_user(self.clerk)
        wizard = wizard.create({"substance": "x", "date_received": "2026-03-03 08:00:00"})

        with self.assertRaisesRegex(UserError, "in the future"):
            wizard.action_register()

    def test_t14_customers_do_not_come_in_here(self):
        with self.assertRaises(AccessError):
            self.env["crm.complaint.phone"].with_user(self.customer_user).create({})


@freeze_time("2026-03-02 08:00:00")
class TestImport(ComplaintsCase):
    """Complaints from a file, with a clear word for each row that cannot be."""

    HEADER = ["id", "name", "date_received", "category_id/id", "remedy_demanded_id/id"]

    def _load(self, *rows):
        complaints = self.env["crm.complaint"].with_user(self.manager)
        return complaints.load(self.HEADER, [list(row) for row in rows])

    def test_a_file_is_imported_with_codes_of_the_other_system(self):
        self.env["ir.model.data"].create(
            {
                "module": "old",
                "name": "late",
                "model": "crm.complaint.category",
                "res_id": self.category.id,
            }
        )
        row = ["old.c1", "Late", "2026-02-01 08:00:00", "old.late", ""]

        result = self._load(row)
        again = self._load(row)

        complaint = self.env["crm.complaint"].browse(result["ids"])
        self.assertFalse(result["messages"])
        self.assertEqual(result["ids"], again["ids"])
        self.assertEqual(complaint.category_id, self.category)
        self.assertEqual(complaint.channel_id.code, "import")

    def test_each_bad_row_is_named_with_its_fault_and_nothing_is_imported(self):
        before = self.env["crm.complaint"].search_count([])

        result = self._load(
            ["old.c1", "Good", "2026-02-01 08:00:00", "", ""],
            ["old.c2", "No such code", "2026-02-01 08:00:00", "old.unheard_of", ""],
            ["old.c3", "Not yet", "2027-02-01 08:00:00", "", ""],
            ["old.c4", "No date", "soon", "", ""],
        )

        told = {
            message["rows"]["from"]: message["message"]
            for message in result["messages"]
            if message["type"] == "error"
        }
        self.assertFalse(result["ids"])
        self.assertEqual(self.env["crm.complaint"].search_count([]), before)
        self.assertIn("old.unheard_of", told[1])
        self.assertIn("soon", told[3])
        self.assertIn("in the future", told[2])
        self.assertEqual(set(told), {1, 2, 3})

    def test_a_date_in_the_future_is_named_with_its_row(self):
        result = self._load(
            ["old.c1", "Good", "2026-02-01 08:00:00", "", ""],
            ["old.c3", "Not yet", "2027-02-01 08:00:00", "", ""],
        )

        [message] = result["messages"]
        self.assertFalse(result["ids"])
        self.assertEqual(message["rows"]["from"], 1)
        self.assertIn("in the future", message["message"])

    def test_the_template_can_be_imported_as_it_is(self):
        [template] = self.env["crm.complaint"].get_import_templates()
        path = template["template"].lstrip("/")
        with file_open(path) as file:
            names, *rows = csv.reader(file)

        result = self.env["crm.complaint"].with_user(self.manager).load(names, rows)

        self.assertFalse(result["messages"])
        self.assertEqual(self.env["crm.complaint"].browse(result["ids"]).reference, "1001")
