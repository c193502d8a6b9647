import base64
import io
import json
import zipfile
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, mute_logger

from .common import ComplaintsCase

NOW = "2026-06-15 12:00:00"
SECRETS = ("Zebulon", "zebulon@secret.example", "+49309998877", "Quetzal Street")
CLOSED = {"date_answered": "2020-02-01 12:00:00", "date_closed": "2020-02-01 12:00:00"}


@freeze_time(NOW)
class TestPrivacy(ComplaintsCase):
    """Threat T20: a person's data go, the figures stay."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.complaint_retention_months = 36
        cls.person = cls.env["res.partner"].create(
            {"name": "Zebulon Quetzal", "email": SECRETS[1], "phone": SECRETS[2]}
        )
        cls.log = cls.env["crm.complaint.erasure"]

    def _told(self, **values):
        """Return a closed complaint with words of the person in every place."""
        complaint = self.complaint(
            name="Zebulon is angry",
            description="<p>I live in Quetzal Street</p>",
            partner_id=self.person.id,
            reference="Zebulon-1",
            amount_demanded=50,
            **{
                "date_received": "2020-01-01 12:00:00",
                "stage_id": self.stage_closed.id,
                "outcome": "upheld",
                **CLOSED,
                **values,
            },
        )
        tracked = complaint.with_context(tracking_disable=False)
        tracked.message_post(
            body="Zebulon writes from Quetzal Street",
            subject="Zebulon",
            author_id=self.clerk.partner_id.id,  # a customer would reopen the case
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachments=[("Zebulon.txt", b"Quetzal Street")],
        )
        tracked.message_subscribe(partner_ids=self.person.ids)
        tracked.reference = "Zebulon-2"
        complaint.activity_schedule(summary="Call Zebulon", user_id=self.clerk.id)
        self.env["crm.complaint.consent"]._sealed_create(
            [
                {
                    "complaint_id": complaint.id,
                    "move_id": complaint.move_ids[:1].id,
                    "date": NOW,
                    "comment": "Zebulon agrees, Quetzal Street",
                    "partner_id": self.person.id,
                    "user_id": self.env.uid,
                    "way": "person",
                }
            ]
        )
        self.env.flush_all()
        return complaint

    def _job(self):
        with self.enter_registry_test_mode():
            self.env.ref("crm_complaints.crm_complaint_privacy_cron").method_direct_trigger()
        self.env.invalidate_all()

    def _find_words(self, complaint):
        """Return the tables and columns that still hold words of the person."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT table_name, column_name FROM information_schema.columns
                 WHERE data_type IN ('text', 'character varying') AND table_schema = 'public'
                   AND (table_name LIKE 'crm\\_complaint%%' OR table_name LIKE 'crm\\_deadline%%'
                        OR table_name IN ('mail_message', 'mail_tracking_value', 'ir_attachment',
                                          'mail_activity', 'mail_mail'))
                """
            )
        )
        found = []
        for table, column in rows:
            for secret in SECRETS:
                query = SQL(
                    "SELECT 1 FROM %s WHERE %s::text ILIKE %s LIMIT 1",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    f"%{secret}%",
                )
                if self.env.execute_query(query) and not self._is_of_the_person(table, secret):
                    found.append((table, column))
        return found

    def _is_of_the_person(self, table, secret):
        """Whether messages hold it on the contact itself, which is not ours."""
        if table != "mail_message":
            return False
        return not self.env.execute_query(
            SQL(
                "SELECT 1 FROM mail_message WHERE model != 'res.partner'"
                " AND (body || COALESCE(subject, '') || COALESCE(email_from, '')) ILIKE %s",
                f"%{secret}%",
            )
        )

    def test_t20_no_word_of_the_person_is_left_in_the_database(self):
        complaint = self._told()
        self.assertTrue(self._find_words(complaint))

        self._job()

        self.assertEqual(self._find_words(complaint), [])
        self.assertFalse(complaint.partner_id)
        self.assertNotIn(self.person, complaint.message_partner_ids)

    def test_figures_stay(self):
        complaint = self._told()
        facts = ["number", "category_id", "date_received", "date_closed", "outcome", "stage_id",
                 "amount_demanded", "team_id", "user_id"]  # fmt: skip
        before = complaint.read(facts)

        self._job()

        self.assertEqual(complaint.read(facts), before)
        self.assertEqual(len(complaint.move_ids), 1)
        self.assertTrue(complaint.date_anonymized)

    def test_what_is_younger_open_or_on_hold_is_left_alone(self):
        young = self._told(
            date_received="2026-01-01 12:00:00",
            date_answered="2026-01-02 12:00:00",
            date_closed="2026-01-02 12:00:00",
        )
        open_one = self._told(stage_id=self.stage_acknowledged.id, date_closed=False, outcome=False)
        held = self._told(is_on_hold=True)

        self._job()

        for complaint in (young, open_one, held):
            self.assertFalse(complaint.date_anonymized)
            self.assertEqual(complaint.partner_id, self.person)

    def test_a_category_has_its_own_time_or_that_of_the_one_above(self):
        self.category.retention_months = 1200
        child = self.env["crm.complaint.category"].create(
            {"name": "Part", "parent_id": self.category.id}
        )
        own = self.env["crm.complaint.category"].create({"name": "Own", "retention_months": 6})

        months = self.category._get_retention_months(self.env.company)

        self.assertEqual([months[one.id] for one in (self.category, child, own)], [1200, 1200, 6])

    def test_zero_months_are_for_ever(self):
        self.env.company.complaint_retention_months = 0
        complaint = self._told()

        self._job()

        self.assertFalse(complaint.date_anonymized)

    def test_t18_one_case_that_fails_stops_nothing_and_a_second_run_changes_nothing(self):
        bad, good = self._told(), self._told()
        model = self.env.registry["crm.complaint"]
        erase = model._erase_words

        def fail(complaints):
            if bad.id in complaints.ids:
                raise ValueError("poisoned")
            return erase(complaints)

        with (
            patch.object(model, "_erase_words", fail),
            mute_logger("odoo.addons.crm_complaints.models.privacy.crm_complaint_privacy_job"),
        ):
            self._job()
        logged = self.log.search([])
        stamp = good.date_anonymized
        with freeze_time("2026-06-16 12:00:00"):
            self._job()

        self.assertTrue(bad.date_anonymized)
        self.assertEqual(good.date_anonymized, stamp)
        self.assertEqual(sum(logged.mapped("complaint_count")), 1)

    def test_the_vacuum_removes_what_was_anonymized_long_ago(self):
        complaint = self._told()
        self._job()
        self.env.company.complaint_vacuum_months = 12
        self._job()
        self.assertTrue(complaint.exists())

        with freeze_time("2027-07-01 12:00:00"):
            self._job()

        self.assertFalse(complaint.exists())
        self.assertIn("vacuum", self.log.search([]).mapped("kind"))

    def test_the_vacuum_leaves_nothing_of_tasks_either(self):
        complaint = self._told()
        work = self.env.ref("crm_complaints.crm_deadline_policy_accept")
        task = self.env["crm.complaint.task"]._give(
            [
                {
                    "name": "Look",
                    "complaint_id": complaint.id,
                    "user_id": self.clerk.id,
                    "accept_policy_id": work.id,
                }
            ]
        )
        task.message_post(body="Found it")
        self.assertTrue(task._deadline_open())
        leftovers = {
            "crm.deadline.clock": [("res_model", "=", task._name), ("res_id", "=", task.id)],
            "mail.activity": [("res_model", "=", task._name), ("res_id", "=", task.id)],
            "mail.message": [("model", "=", task._name), ("res_id", "=", task.id)],
        }

        complaint._vacuum()

        self.assertFalse(task.exists())
        for model, domain in leftovers.items():
            with self.subTest(model):
                found = self.env[model].with_context(active_test=False).search(domain)
                self.assertFalse(found)

    def test_an_action_keeps_its_words_until_its_last_complaint_loses_them(self):
        old, young = self._told(), self.complaint()
        action = self.env["crm.complaint.action"].create(
            {
                "name": "Write to Zebulon",
                "result": "Quetzal Street visited",
                "complaint_ids": (old | young).ids,
                "user_id": self.clerk.id,
            }
        )

        old._anonymize("person")
        self.assertEqual(action.name, "Write to Zebulon")
        young.category_id.is_cause_required = False
        young.write({"outcome": "rejected", "stage_id": self.stage_closed.id})
        young._anonymize("person")

        self.assertRecordValues(action, [{"name": "[…]", "result": False}])

    def test_the_assistant_shows_first_and_needs_a_sure_hand(self):
        complaint = self._told()
        self._told(stage_id=self.stage_acknowledged.id, date_closed=False, outcome=False)
        wizard = self.env["crm.complaint.anonymize"].with_user(self.manager)
        wizard = wizard.create({"kind": "person", "partner_id": self.person.id})

        self.assertEqual(wizard.complaint_ids, complaint)
        self.assertEqual(wizard.open_count, 1)
        with self.assertRaisesRegex(UserError, "cannot be undone"):
            wizard.action_anonymize()
        self.assertFalse(complaint.date_anonymized)
        wizard.is_sure = True
        wizard.action_anonymize()

        self.assertTrue(complaint.date_anonymized)
        self.assertRecordValues(
            self.log.search([], limit=1),
            [{"kind": "person", "user_id": self.manager.id, "complaint_count": 1}],
        )

    def test_t14_an_open_case_is_not_anonymized_by_any_door(self):
        complaint = self._told(stage_id=self.stage_acknowledged.id, date_closed=False)

        with self.assertRaisesRegex(UserError, "still open"):
            complaint._anonymize("person")
        with self.assertRaises(UserError):
            complaint.write({"date_anonymized": NOW})

    def test_a_person_gets_data_messages_and_files_but_no_notes(self):
        complaint = self._told()
        complaint.message_post(body="Internal: difficult customer", message_type="comment")
        wizard = self.env["crm.complaint.person.export"].with_user(self.manager)
        wizard = wizard.create({"partner_id": self.person.id})

        wizard.action_export()

        with zipfile.ZipFile(io.BytesIO(base64.b64decode(wizard.file))) as archive:
            (data,) = json.loads(archive.read("complaints.json"))
            names = archive.namelist()
        self.assertEqual(data["number"], complaint.number)
        self.assertEqual(data["substance"], "I live in Quetzal Street")
        self.assertEqual(len(data["messages"]), 1)
        self.assertNotIn("difficult", json.dumps(data))
        self.assertEqual(len([name for name in names if name.endswith("Zebulon.txt")]), 1)
        self.assertEqual(self.log.search([], limit=1).kind, "export")

    def test_t14_the_assistants_are_for_managers(self):
        for model in (
            "crm.complaint.anonymize",
            "crm.complaint.person.export",
            "crm.complaint.half.year",
            "crm.complaint.take.over",
        ):
            for role in ("clerk", "all_clerk", "outsider", "customer_user"):
                with self.subTest(model=model, role=role):
                    user = getattr(self, role)
                    self.assertFalse(self.env[model].with_user(user).has_access("create"))
            self.assertTrue(self.env[model].with_user(self.manager).has_access("create"))

    def test_t19_the_log_of_privacy_is_sealed(self):
        line = self.log._log("export", 1)

        with self.assertRaises(AccessError):
            line.sudo().unlink()
        self.assertFalse(line.with_user(self.all_clerk).has_access("read"))
