from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError

from .test_contact import NOW, ContactCase


@freeze_time(NOW)
class TestActivityShift(ContactCase):
    """Whatever is put off leaves a trace that outlives it."""

    def activity(self, deadline="2026-06-03", kind=None, lead=None, user=None):
        lead = lead or self.lead(partner_id=self.person.id)
        return lead.activity_schedule(
            activity_type_id=(kind or self.call_type).id,
            date_deadline=deadline,
            user_id=(user or self.salesman).id,
            summary="Call Paul",
        )

    def shifts(self, activity):
        self.env.flush_all()
        return self.env["crm.standard.activity.shift"].search(
            [("activity_id", "in", activity.ids)], order="id"
        )

    def test_shift_is_logged_with_who_when_and_why(self):
        activity = self.activity()

        activity.write({"date_deadline": "2026-06-10", "shift_reason": "He is away"})

        self.assertRecordValues(
            self.shifts(activity),
            [
                {
                    "name": "Call Paul",
                    "date": NOW,
                    "date_from": date(2026, 6, 3),
                    "date_to": date(2026, 6, 10),
                    "shift_days": 7,
                    "reason": "He is away",
                    "user_id": self.salesman.id,
                    "actor_id": self.salesman.id,
                    "partner_id": self.customer.id,
                    "team_id": self.team.id,
                    "is_overdue": False,
                }
            ],
        )

    def test_same_day_or_another_field_is_no_shift(self):
        activity = self.activity()

        activity.write({"date_deadline": "2026-06-03"})
        activity.write({"summary": "Call Paula"})

        self.assertFalse(self.shifts(activity))

    def test_each_way_to_shift_is_logged(self):
        lead = self.lead(partner_id=self.person.id)
        activity = self.activity(lead=lead)

        activity.date_deadline = "2026-06-04"
        lead.activity_reschedule(["mail.mail_activity_data_call"], date_deadline=date(2026, 6, 5))
        activity.with_context(mail_activity_quick_update=True).write(
            {"date_deadline": "2026-06-02"}
        )

        self.assertEqual(self.shifts(activity).mapped("shift_days"), [1, 1, -3])

    def test_shift_of_what_was_overdue_is_marked(self):
        activity = self.activity("2026-05-20")

        activity.date_deadline = "2026-06-10"

        self.assertTrue(self.shifts(activity).is_overdue)

    def test_log_survives_the_activity(self):
        activity = self.activity()
        activity.date_deadline = "2026-06-10"
        shift = self.shifts(activity)

        activity.unlink()
        self.env.invalidate_all()

        self.assertEqual((shift.name, shift.shift_days), ("Call Paul", 7))

    def test_batch_costs_few_statements(self):
        lead = self.lead(partner_id=self.person.id)
        activities = self.env["mail.activity"].browse()
        for _n in range(30):
            activities |= self.activity(lead=lead)
        self.env.flush_all()
        log = self.env["crm.standard.activity.shift"]
        before = log._note_before(activities)
        self.env.cr.execute(
            "UPDATE mail_activity SET date_deadline = '2026-06-09' WHERE id = ANY(%s)",
            (activities.ids,),
        )
        self.env.invalidate_all()
        count = self.env.cr.sql_log_count
        log._log(activities, before, None)
        self.env.flush_all()

        self.assertLess(self.env.cr.sql_log_count - count, 25)
        self.assertEqual(len(self.shifts(activities)), 30)

    def test_t1_foreign_shifts_are_out_of_reach(self):
        activity = self.activity()
        activity.date_deadline = "2026-06-10"
        shift = self.shifts(activity)

        for user, is_seen in (
            (self.salesman, True),
            (self.leader, True),
            (self.controller, True),
            (self.colleague, False),
        ):
            with self.subTest(user.login):
                log = self.env["crm.standard.activity.shift"].with_user(user)
                self.assertEqual(bool(log.search([("id", "=", shift.id)])), is_seen)
                groups = log._read_group([("id", "=", shift.id)], [], ["shift_days:sum"])
                self.assertEqual(bool(groups[0][0]), is_seen)

    def test_t19_nobody_edits_the_log(self):
        activity = self.activity()
        activity.date_deadline = "2026-06-10"
        shift = self.shifts(activity)

        for user in (self.salesman, self.controller):
            with self.assertRaises(AccessError):
                shift.with_user(user).sudo().write({"shift_days": 0})
            with self.assertRaises(AccessError):
                shift.with_user(user).sudo().unlink()

    # ---- what is overdue ------------------------------------------------------------------

    def overdue(self, user):
        self.env.flush_all()
        return self.env["crm.standard.contact.overdue"].with_user(user).search([])

    def test_overdue_communication_is_listed_by_customer_person_and_team(self):
        late = self.activity("2026-05-20")
        self.activity("2026-05-20", kind=self.todo_type)
        self.activity("2026-06-03")

        self.assertRecordValues(
            self.overdue(self.salesman),
            [
                {
                    "id": late.id,
                    "overdue_days": 12,
                    "partner_id": self.customer.id,
                    "user_id": self.salesman.id,
                    "team_id": self.team.id,
                }
            ],
        )

    def test_overdue_communication_done_is_gone(self):
        late = self.activity("2026-05-20")

        late.action_feedback("done")

        self.assertFalse(self.overdue(self.salesman))

    def test_t15_overdue_communications_follow_role_and_company(self):
        late = self.activity("2026-05-20")

        self.assertIn(late.id, self.overdue(self.leader).ids)
        self.assertIn(late.id, self.overdue(self.controller).ids)
        self.assertFalse(self.overdue(self.colleague))
        other = self.env["res.company"].create({"name": "Other company"})
        late.env["crm.lead"].browse(late.res_id).sudo().write(
            {"company_id": other.id, "team_id": False, "user_id": False}
        )
        self.assertNotIn(late.id, self.overdue(self.controller).ids)
