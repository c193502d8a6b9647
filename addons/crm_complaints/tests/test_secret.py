from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.service.model import call_kw

from .common import ComplaintsCase


class TestSecret(ComplaintsCase):
    """Threats T1, T15, T21: a complaint is hidden from whom it is about, and a confidential one
    from nearly everybody, on every path.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._allow_export()
        cls.about_all = cls.complaint(about_user_ids=cls.all_clerk.ids)
        cls.secret = cls.complaint(
            name="Conduct", is_confidential=True, user_id=cls.manager.id, team_id=cls.team.id
        )

    @classmethod
    def _allow_export(cls):
        export = cls.env.ref("base.group_allow_export")
        (cls.clerk | cls.leader | cls.all_clerk | cls.manager).write(
            {"group_ids": [Command.link(export.id)]}
        )

    def _rpc(self, user, model, method, *args, **kwargs):
        return call_kw(self.env[model].with_user(user), method, list(args), kwargs)

    def assertHidden(self, complaint, user):
        """Nothing tells this user that the complaint exists."""
        mine = [("id", "=", complaint.id)]
        number = complaint.number
        self.assertEqual(self._rpc(user, "crm.complaint", "search", mine), [])
        self.assertEqual(self._rpc(user, "crm.complaint", "search_count", mine), 0)
        self.assertEqual(self._rpc(user, "crm.complaint", "name_search", number), [])
        groups = ("formatted_read_group", mine, ["stage_id"], ["__count"])
        self.assertEqual(self._rpc(user, "crm.complaint", *groups), [])
        for method, arguments in [
            ("read", [["name"]]),
            ("export_data", [["name"]]),
            ("write", [{"name": "x"}]),
            ("message_post", []),
        ]:
            with self.subTest(method=method), self.assertRaises(AccessError):
                self.env.invalidate_all()
                self._rpc(user, "crm.complaint", method, complaint.ids, *arguments)
        related = [("res_id", "=", complaint.id)]
        for model, field in [
            ("mail.message", "model"),
            ("ir.attachment", "res_model"),
            ("mail.activity", "res_model"),
            ("mail.followers", "res_model"),
        ]:
            with self.subTest(model=model):
                domain = [*related, (field, "=", "crm.complaint")]
                if self.env[model].with_user(user).has_access("read"):
                    self.assertEqual(self._rpc(user, model, "search_count", domain), 0)
        parts = [("complaint_id", "=", complaint.id)]
        self.assertEqual(self._rpc(user, "crm.complaint.move", "search_count", parts), 0)

    def _fill(self, complaint):
        """Give a complaint a message, a file and an activity of whoever may see it."""
        user = self.outsider if self.manager in complaint.hidden_user_ids else self.manager
        complaint.message_post(body="Something delicate")
        self.env["ir.attachment"].create(
            {"name": "a.txt", "raw": b"1", "res_model": complaint._name, "res_id": complaint.id}
        )
        complaint.activity_schedule("mail.mail_activity_data_todo", user_id=user.id)

    def test_t21_a_complaint_is_hidden_from_whom_it_is_about(self):
        self._fill(self.about_all)

        self.assertHidden(self.about_all, self.all_clerk)

        self.assertTrue(self.about_all.with_user(self.manager).has_access("read"))

    def test_t21_even_a_manager_does_not_see_what_is_about_him(self):
        complaint = self.complaint(about_user_ids=self.manager.ids)
        self._fill(complaint)

        self.assertHidden(complaint, self.manager)

    def test_t21_a_confidential_complaint_is_seen_by_few(self):
        self._fill(self.secret)
        confidant = self.colleague
        self.secret.confidant_ids = confidant

        for user in (self.clerk, self.leader, self.all_clerk):
            with self.subTest(user=user.login):
                self.assertHidden(self.secret, user)
        for user in (self.manager, confidant):
            with self.subTest(user=user.login):
                self.assertTrue(self.secret.with_user(user).has_access("read"))

    def test_leaders_and_superiors_do_not_see_a_confidential_one(self):
        superior = self.all_clerk
        self.clerk.deadline_superior_id = superior
        complaint = self.complaint(
            user_id=self.manager.id, about_user_ids=self.clerk.ids, is_confidential=False
        )
        self.assertEqual(complaint.hidden_user_ids, self.clerk)

        complaint.is_confidential = True

        self.assertEqual(complaint.hidden_user_ids, self.clerk | self.leader | superior)
        # a new leader is hidden from as well
        self.team.user_id = self.colleague
        self.assertEqual(complaint.hidden_user_ids, self.clerk | self.colleague | superior)
        # unless somebody lets him in
        complaint.confidant_ids = self.colleague
        self.assertTrue(complaint.with_user(self.colleague).has_access("read"))

    def test_who_is_hidden_from_cannot_be_put_in_charge(self):
        with self.assertRaisesRegex(ValidationError, "cannot work on"):
            self.about_all.user_id = self.all_clerk
        with self.assertRaisesRegex(ValidationError, "cannot work on"):
            self.about_all.confidant_ids = self.all_clerk

    def test_the_category_makes_it_confidential_and_never_open_again(self):
        self.category.is_confidential = True
        plain = self.env["crm.complaint.category"].create({"name": "Plain"})

        complaint = self.complaint()
        self.assertTrue(complaint.is_confidential)
        complaint.category_id = plain

        self.assertTrue(complaint.is_confidential)

    def test_who_writes_down_a_confidential_complaint_keeps_it_in_sight(self):
        complaint = self.complaint(self.clerk, is_confidential=True, user_id=False)

        self.assertEqual(complaint.confidant_ids, self.clerk)
        self.assertTrue(complaint.with_user(self.clerk).has_access("read"))

    def test_nobody_hidden_from_is_told_or_keeps_what_he_was_told(self):
        complaint = self.complaint()
        partner = self.all_clerk.partner_id
        complaint.message_subscribe(partner.ids)
        complaint.message_post(body="Look", partner_ids=partner.ids)
        activity = complaint.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.all_clerk.id
        )

        complaint.about_user_ids = self.all_clerk
        complaint.message_subscribe(partner.ids)
        complaint.message_post(body="Again", partner_ids=partner.ids, message_type="comment")

        self.assertFalse(complaint.message_ids.partner_ids & partner)
        self.assertFalse(complaint.message_ids.notification_ids.res_partner_id & partner)
        self.assertNotIn(partner, complaint.message_partner_ids)
        self.assertEqual(activity.user_id, self.clerk)

    def test_who_is_hidden_from_gets_no_activity(self):
        with self.assertRaisesRegex(ValidationError, "must not see"):
            self.about_all.activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.all_clerk.id
            )

    def test_followers_are_seen_by_those_who_see_the_complaint(self):
        self.secret.message_subscribe(self.colleague.partner_id.ids)
        entries = self.secret.message_follower_ids

        self.assertTrue(entries.with_user(self.manager).has_access("read"))
        for user in (self.clerk, self.outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env.invalidate_all()
                entries.with_user(user).read(["partner_id"])

    def test_the_ladder_reminds_no_leader_who_must_not_see_it(self):
        complaint = self.complaint(user_id=self.manager.id)
        self.assertEqual(complaint._deadline_get_leaders()[complaint.id], self.leader)

        complaint.about_user_ids = self.leader

        self.assertFalse(complaint._deadline_get_leaders()[complaint.id])

    def test_t21_no_step_of_the_ladder_tells_who_must_not_see_it(self):
        self.clerk.deadline_superior_id = self.all_clerk
        self.colleague.deadline_deputy_id = self.leader
        people = self.env["res.users"].concat(
            self.clerk, self.leader, self.all_clerk, self.manager, self.colleague, self.outsider
        )
        complaint = self.complaint(
            user_id=self.colleague.id, is_confidential=True, about_user_ids=self.clerk.ids
        )
        task = complaint.task_ids._give(
            [{"name": "Look", "complaint_id": complaint.id, "user_id": self.colleague.id}]
        )
        action = self.env["crm.complaint.action"].create(
            {
                "name": "Talk to them",
                "complaint_ids": complaint.ids,
                "user_id": self.colleague.id,
            }
        )

        shut_out = {
            record._name: record._deadline_get_shut_out(people)[record.id]
            for record in (complaint, task, action)
        }

        hidden = self.clerk | self.leader | self.all_clerk
        self.assertEqual(shut_out["crm.complaint"], hidden | self.outsider)
        self.assertEqual(shut_out["crm.complaint.task"], hidden | self.outsider)
        self.assertEqual(shut_out["crm.complaint.action"], hidden)

    def test_t21_a_link_does_not_name_what_has_become_confidential(self):
        older, later = self.complaint(name="Stolen by a colleague"), self.complaint()
        later._write_reopening({"previous_id": older.id})
        spec = {"previous_id": {"fields": {"display_name": {}}}}
        read = self._rpc(self.clerk, "crm.complaint", "web_read", later.ids, spec)
        self.assertIn("Stolen", read[0]["previous_id"]["display_name"])

        older.write({"is_confidential": True, "user_id": self.manager.id})
        self.env.invalidate_all()

        for method, arguments in (("web_read", [spec]), ("read", [["previous_id"]])):
            with self.subTest(method=method):
                read = self._rpc(self.clerk, "crm.complaint", method, later.ids, *arguments)
                self.assertNotIn("Stolen", str(read))
                self.assertNotIn(older.number, str(read))
        group = self._rpc(
            self.clerk,
            "crm.complaint",
            "formatted_read_group",
            [("id", "=", later.id)],
            ["previous_id"],
            ["__count"],
        )
        self.assertNotIn("Stolen", str(group))
        read = self._rpc(self.manager, "crm.complaint", "web_read", later.ids, spec)
        self.assertIn("Stolen", read[0]["previous_id"]["display_name"])

    def test_t21_the_notes_that_link_two_complaints_say_numbers_only(self):
        older = self.complaint(name="Stolen by a colleague")

        later = older._create_next("Again")

        self.assertNotIn("Stolen", "".join(later.message_ids.mapped(lambda m: m.body or "")))

    def test_whoever_leads_later_is_shut_out_then(self):
        team = self._make_team("Shop", self.outsider)
        complaint = self.complaint(
            user_id=self.manager.id, is_confidential=True, about_user_ids=self.outsider.ids
        )
        other = self.complaint(
            user_id=self.all_clerk.id, is_confidential=True, about_user_ids=self.outsider.ids
        )
        manager = self._make_users(("cmp_later", "Lana Later", "crm_complaints.group_manager"))
        for appoint in ("leader", "member", "superior"):
            with self.subTest(appoint), self.env.cr.savepoint() as savepoint:
                complaint.message_subscribe(manager.partner_id.ids)
                activity = complaint.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=manager.id
                )
                other.user_id = manager

                if appoint == "leader":
                    team.user_id = manager
                elif appoint == "member":
                    self._make_team("Desk", self.outsider, user_id=manager.id)
                else:
                    self.outsider.deadline_superior_id = manager

                self.assertIn(manager, complaint.hidden_user_ids)
                self.assertNotIn(manager.partner_id, complaint.message_partner_ids)
                self.assertEqual(activity.user_id, self.manager)
                self.assertFalse(other.user_id)
                savepoint.rollback()

    def test_t14_the_context_opens_nothing(self):
        complaint = self.secret.with_user(self.clerk).with_context(
            active_test=False, is_confidential=False, su=True, sudo=True, bypass_access=True
        )

        self.assertFalse(complaint.has_access("read"))

    def test_an_archived_one_is_hidden_too(self):
        self.about_all.active = False

        complaints = self.env["crm.complaint"].with_user(self.all_clerk)
        found = complaints.with_context(active_test=False).search(
            [("id", "in", self.about_all.ids)]
        )

        self.assertFalse(found)
