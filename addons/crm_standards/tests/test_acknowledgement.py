from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Datetime
from odoo.tests import new_test_user

from odoo.addons.crm_standards.models.register.glossary_marks import explain

from .common import StandardsCase


class TestAcknowledgement(StandardsCase):
    """Everybody a standard is for is asked to read it, says so himself, and it is proved."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.law = cls.standard(
            cls.rule_vals("enter", cls.stage_qualified, ["partner_id"], strength="record"),
            is_to_acknowledge=True,
        )

    def ask(self):
        """Run the job and return who waits to read the version in force."""
        with self.enter_registry_test_mode():
            self.env.ref("crm_standards.crm_standard_version_cron").method_direct_trigger()
        self.env.invalidate_all()
        return self.law.version_id.acknowledgement_ids.filtered(lambda r: r.state == "asked")

    def at(self, moment):
        """Let the work that follows happen at a moment."""
        return patch.object(self.env.cr, "now", lambda: Datetime.to_datetime(moment))

    def request_of(self, user):
        return self.law.version_id.acknowledgement_ids.filtered(lambda r: r.user_id == user)

    def read(self, user):
        self.request_of(user).with_user(user).action_acknowledge()

    def test_team_and_its_leader_are_asked(self):
        requests = self.ask()

        self.assertEqual(requests.user_id, self.salesman + self.leader)

    def test_groups_and_named_people_are_asked_too(self):
        self.law.reader_ids = self.colleague
        self.law.group_ids = self.env.ref("crm_standards.group_manager")

        requests = self.ask()

        self.assertIn(self.colleague, requests.user_id)
        self.assertIn(self.controller, requests.user_id)

    def test_standard_for_nobody_in_particular_is_for_all(self):
        self.law.team_ids = [Command.clear()]

        self.assertGreaterEqual(
            self.law.audience_ids, self.salesman + self.colleague + self.controller
        )

    def test_request_has_an_activity_and_a_deadline(self):
        self.ask()
        request = self.request_of(self.salesman)

        self.assertEqual(request.activity_ids.user_id, self.salesman)
        self.assertEqual(request.deadline_clock_ids.state, "running")
        self.assertEqual(request.deadline_clock_ids.user_id, self.salesman)

    def test_job_run_twice_asks_nobody_twice(self):
        self.ask()

        self.ask()

        self.assertEqual(len(self.request_of(self.salesman)), 1)

    def test_employee_confirms_and_it_is_proved(self):
        self.ask()

        self.read(self.salesman)

        self.assertRecordValues(
            self.request_of(self.salesman),
            [{"state": "acknowledged", "digest": self.law.version_id.digest, "is_late": False}],
        )
        self.assertEqual(self.request_of(self.salesman).deadline_clock_ids.state, "met")
        self.assertFalse(self.request_of(self.salesman).activity_ids.filtered("active"))
        self.assertEqual(self.law.read_percent, 50)

    def test_nobody_confirms_for_somebody_else(self):
        self.ask()

        for user in (self.controller, self.leader, self.env.ref("base.user_root")):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.request_of(self.salesman).with_user(user).action_acknowledge()

    def test_t19_acknowledgements_cannot_be_edited_by_anybody(self):
        self.ask()
        request = self.request_of(self.salesman).sudo()

        for values in ({"state": "acknowledged"}, {"date_read": "2020-01-01"}, {"user_id": 1}):
            with self.subTest(values), self.assertRaises(AccessError):
                request.write(values)
        with self.assertRaises(AccessError):
            request.unlink()
        with self.assertRaises(AccessError):
            request.create({"version_id": request.version_id.id, "user_id": self.salesman.id})

    def test_new_version_is_asked_anew_and_the_old_no_more(self):
        self.ask()
        old = self.request_of(self.salesman)

        self.law.rule_ids.strength = "advise"

        self.assertEqual(old.state, "cancelled")
        self.assertEqual(old.deadline_clock_ids.state, "cancelled")
        self.assertFalse(old.activity_ids)
        self.assertIn(self.salesman, self.ask().user_id)

    def test_what_is_superseded_cannot_be_confirmed(self):
        self.ask()
        old = self.request_of(self.salesman)
        self.law.rule_ids.strength = "advise"

        with self.assertRaisesRegex(UserError, "not in force any more"):
            old.with_user(self.salesman).action_acknowledge()

    def test_new_employee_is_asked_by_the_daily_job(self):
        self.ask()
        user = new_test_user(self.env, "std_new", "sales_team.group_sale_salesman")
        self.env["crm.team.member"].create({"crm_team_id": self.team.id, "user_id": user.id})

        self.assertIn(user, self.ask().user_id)

    def test_who_left_the_team_is_asked_no_more_and_again_when_he_is_back(self):
        self.ask()
        member = self.team.crm_team_member_ids.filtered(lambda m: m.user_id == self.salesman)
        member.active = False
        self.assertNotIn(self.salesman, self.ask().user_id)

        member.active = True

        self.assertIn(self.salesman, self.ask().user_id)

    def test_standard_that_asks_no_more_cancels_its_requests(self):
        self.ask()

        self.law.is_to_acknowledge = False

        self.assertFalse(self.ask())

    def test_calendar_without_hours_holds_up_nobody_elses_reading(self):
        calendar = self.env["resource.calendar"].create({"name": "None", "attendance_ids": []})
        policy = self.env["crm.deadline.policy"].create(
            {"name": "Never", "term_unit": "working_days", "calendar_id": calendar.id}
        )
        self.law.acknowledge_policy_id = policy
        other = self.standard(name="Other", is_to_acknowledge=True)

        with self.assertLogs("odoo.addons.crm_standards", "WARNING"):
            self.ask()

        self.assertTrue(other.version_id.acknowledgement_ids)

    def test_violation_tells_its_version_and_that_the_person_knew_it(self):
        self.ask()
        self.read(self.salesman)
        lead = self.lead()
        lead.stage_id = self.stage_qualified
        judged_by = self.law.version_id
        self.law.rule_ids.name = "Renamed"

        violation = self.violations(lead).with_user(self.controller)

        self.assertRecordValues(
            violation, [{"version_id": judged_by.id, "was_acknowledged": "yes"}]
        )
        self.assertIn("Rule enter", violation.version_id.document)

    def test_violation_before_the_reading_is_that_of_one_who_had_not_read(self):
        self.ask()
        lead = self.lead()
        with self.at("2040-01-01 00:00:00"):
            lead.stage_id = self.stage_qualified

        with self.at("2040-01-02 00:00:00"):
            self.read(self.salesman)

        self.assertEqual(self.violations(lead).was_acknowledged, "no")

    def test_who_was_never_asked_is_told_apart(self):
        lead = self.lead()
        lead.stage_id = self.stage_qualified

        self.assertEqual(self.violations(lead).was_acknowledged, "unasked")

    def test_acknowledgements_are_seen_by_oneself_the_leader_and_controllers(self):
        self.ask()

        for user, sees in (
            (self.salesman, True),
            (self.leader, True),
            (self.controller, True),
            (self.colleague, False),
        ):
            with self.subTest(user.login):
                request = self.request_of(self.salesman).with_user(user)
                self.assertEqual(request.has_access("read"), sees)

    def test_percent_read_counts_only_what_one_may_see(self):
        self.ask()
        self.read(self.salesman)

        self.assertEqual(self.law.with_user(self.controller).read_percent, 50)
        self.assertEqual(self.law.with_user(self.salesman).read_percent, 100)
        self.assertEqual(self.law.with_user(self.colleague).read_percent, 0)

    def test_reading_view_shows_the_text_to_the_employee(self):
        self.law.description = "<p>Answer within a day</p>"
        self.ask()

        document = self.request_of(self.salesman).with_user(self.salesman).document

        self.assertIn("Answer within a day", document)

    def test_next_one_is_offered_after_reading(self):
        self.standard(name="Second", is_to_acknowledge=True, team_ids=[Command.set(self.team.ids)])
        self.ask()
        first = self.request_of(self.salesman).with_user(self.salesman)

        action = first.action_acknowledge_and_next()

        self.assertNotEqual(action["res_id"], first.id)
        self.assertEqual(first.browse(action["res_id"]).state, "asked")

    def test_glossary_tells_terms_in_force(self):
        self.standard(
            name="Lead", document_type="glossary", description="<p>Who may need us</p>", team_ids=[]
        )
        self.env["crm.standard"].create({"name": "Draft term", "document_type": "glossary"})

        terms = self.env["crm.standard"].with_user(self.salesman)._get_glossary_terms()

        found = {term.term: term.definition for term in terms}
        self.assertEqual(found.get("Lead"), "Who may need us")
        self.assertNotIn("Draft term", found)

    def test_term_is_explained_in_the_text_of_another_standard(self):
        self.standard(
            name="Lead", document_type="glossary", description="<p>Who may need us</p>", team_ids=[]
        )
        law = self.standard(description="<p>Call each lead back.</p>")

        text = law.version_id.with_user(self.salesman).document

        self.assertIn('<abbr title="Who may need us">lead</abbr>', text)

    def test_only_prose_is_explained_and_a_meaning_cannot_become_markup(self):
        terms = {"deal": '"><script>x</script>', "lead": "Interest"}

        marked = explain('<p><a href="#">deal</a> <code>lead</code> a lead, a deal</p>', terms)

        self.assertEqual(
            marked,
            '<p><a href="#">deal</a> <code>lead</code> a <abbr title="Interest">lead</abbr>, a '
            "<abbr title='\"&gt;&lt;script&gt;x&lt;/script&gt;'>deal</abbr></p>",
        )
