from unittest.mock import patch

from odoo.exceptions import AccessError, UserError

from odoo.addons.crm_standards.models.safety import crm_standard_safety_mixin

from .common import StandardsCase


class TestSafety(StandardsCase):
    """Whoever takes the base away is seen, by every door, and the controller hears of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.standard_controller_id = cls.controller
        cls.set_limit("safety_limit", 5)
        cls.salesman.group_ids += cls.env.ref("base.group_allow_export")
        cls.salesman.group_ids += cls.env.ref("sales_team.group_sale_manager")
        cls.leads = cls.env["crm.lead"].create(
            [{"name": f"L{n}", "user_id": cls.colleague.id} for n in range(6)]
        )
        cls.events = cls.env["crm.standard.safety.event"]

    def setUp(self):
        super().setUp()
        crm_standard_safety_mixin._meters.clear()

    @classmethod
    def set_limit(cls, name, value):
        cls.env["ir.config_parameter"].set_param(f"crm_standards.{name}", value)

    def found(self, kind):
        return self.events.search([("kind", "=", kind), ("user_id", "=", self.salesman.id)])

    def test_mass_export_is_described(self):
        self.leads.with_user(self.salesman).export_data(["name", "email_from"])

        self.assertRecordValues(
            self.found("export"),
            [
                {
                    "record_count": 6,
                    "is_mass": True,
                    "field_names": "name, email_from",
                    "res_model": "crm.lead",
                }
            ],
        )

    def test_small_export_is_only_counted(self):
        self.leads[:2].with_user(self.salesman).export_data(["name"])

        self.assertRecordValues(
            self.found("export"),
            [{"record_count": 2, "is_mass": False, "field_names": False, "sample": False}],
        )

    def test_export_by_way_of_another_model_is_noted(self):
        self.leads.partner_id = self.customer

        self.customer.with_user(self.salesman).export_data(
            ["name", "opportunity_ids/id", "opportunity_ids/email_from"]
        )

        taken = self.found("export").filtered(lambda event: event.res_model == "crm.lead")
        self.assertRecordValues(
            taken,
            [{"record_count": 6, "is_mass": True, "field_names": "opportunity_ids/email_from"}],
        )

    def test_t21_names_and_groups_are_read_as_well(self):
        self.set_limit("safety_read_limit", 6)
        leads = self.env["crm.lead"].with_user(self.salesman)
        mine = [("id", "in", self.leads.ids)]
        for count, read in enumerate(
            (
                lambda: leads.name_search(domain=mine),
                lambda: leads.formatted_read_group(mine, ["name"], ["__count"]),
                lambda: leads.formatted_read_group(mine, [], ["name:array_agg"]),
                lambda: leads.formatted_read_grouping_sets(mine, [["name"]], ["__count"]),
            ),
            start=1,
        ):
            read()
            self.assertEqual(len(self.found("read")), count)

    def test_small_steps_add_up(self):
        for lead in self.leads[:5].with_user(self.salesman):
            lead.user_id = self.salesman

        self.assertEqual(self.found("reassign").mapped("is_mass"), [True] + [False] * 4)

    def test_contacts_are_watched_like_leads(self):
        partners = self.env["res.partner"].create([{"name": f"P{n}"} for n in range(5)])

        partners.with_user(self.salesman).write({"user_id": self.salesman.id})

        self.assertEqual(self.found("reassign").res_model, "res.partner")

    def test_what_changes_nothing_is_no_event(self):
        self.leads.with_user(self.salesman).write({"user_id": self.colleague.id})

        self.assertFalse(self.found("reassign"))

    def test_archiving_and_deleting_are_noted(self):
        self.leads[:5].with_user(self.salesman).write({"active": False})
        self.leads.with_user(self.salesman).unlink()

        self.assertEqual(self.found("archive").record_count, 5)
        self.assertEqual(self.found("delete").record_count, 6)

    def test_no_context_and_no_sudo_switches_it_off(self):
        everything = {"tracking_disable": True, "mail_notrack": True, "install_mode": True}
        leads = self.leads.with_user(self.salesman).with_context(**everything).sudo()

        leads.user_id = self.salesman

        self.assertTrue(self.found("reassign").is_mass)

    def test_systems_own_jobs_are_not_watched(self):
        self.leads.user_id = self.salesman

        self.assertFalse(self.events.search([("res_model", "=", "crm.lead")]))

    def test_setting_that_is_no_number_does_not_switch_it_off(self):
        self.set_limit("safety_limit", "many")

        self.assertEqual(self.events._get_limit(), 100)

    def test_reading_very_much_is_noted_once(self):
        self.set_limit("safety_read_limit", 10)
        leads = self.env["crm.lead"].with_user(self.salesman)
        domain = [("id", "in", self.leads.ids)]

        leads.search_read(domain, ["name"])
        self.assertFalse(self.found("read"))
        leads.web_search_read(domain, {"name": {}})
        leads.search_read(domain, ["name"])

        self.assertRecordValues(self.found("read"), [{"record_count": 12, "is_mass": True}])

    def test_report_goes_out_once_a_day_for_each_kind(self):
        told = []
        with patch.object(
            type(self.env["mail.thread"]),
            "message_notify",
            lambda thread, **values: told.append(values),
        ):
            for _time in range(2):
                self.leads.with_user(self.salesman).export_data(["name"])
                self.run_cron("crm_standard_safety_cron_report")

        self.assertEqual(len(told), 1)
        self.assertEqual(told[0]["partner_ids"], self.controller.partner_id.ids)
        self.assertIn("Sam Seller", told[0]["body"])
        self.assertEqual(self.found("export").mapped("is_reported"), [False, True])

    def test_report_waits_where_nobody_can_be_told(self):
        self.leads.with_user(self.salesman).export_data(["name"])

        nobody = self.env["res.users"]
        with patch.object(
            type(self.env.company), "_get_standard_controllers", lambda company: nobody
        ):
            self.run_cron("crm_standard_safety_cron_report")

        self.assertFalse(self.found("export").is_reported)

    def test_t19_register_is_sealed(self):
        self.leads.with_user(self.salesman).export_data(["name"])
        event = self.found("export")

        for deed in (
            event.unlink,
            lambda: event.write({"record_count": 1}),
            lambda: self.events.create({"kind": "export"}),
        ):
            with self.assertRaises(AccessError):
                deed()

    def test_only_controllers_read_it(self):
        self.leads.with_user(self.salesman).export_data(["name"])
        event = self.found("export")

        self.assertTrue(event.with_user(self.controller).has_access("read"))
        for user in (self.salesman, self.leader):
            self.assertFalse(event.with_user(user).has_access("read"))

    def test_export_without_the_right_is_refused_and_not_noted(self):
        with self.assertRaises(UserError):
            self.leads.with_user(self.colleague).export_data(["name"])

        self.assertFalse(self.events.search([("user_id", "=", self.colleague.id)]))

    def test_old_small_steps_are_forgotten_mass_events_are_not(self):
        self.leads[:2].with_user(self.salesman).export_data(["name"])
        self.leads.with_user(self.salesman).export_data(["name"])
        self.found("export")._sealed_write({"date": "2020-01-01"})

        self.events._gc_small_events()

        self.assertEqual(self.found("export").mapped("is_mass"), [True])
