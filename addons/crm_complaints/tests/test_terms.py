from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .common_clocks import TermsCase, at


@freeze_time("2026-03-02 08:00:00")
class TestTerms(TermsCase):
    """Which terms a complaint gets, by level and by law."""

    def test_a_new_complaint_has_its_promised_terms_from_the_receipt(self):
        complaint = self.complaint(date_received="2026-02-27 10:00:00")

        self.assertEqual(
            self.states(complaint),
            {"acknowledgement": "running", "first_answer": "running", "resolution": "running"},
        )
        clocks = complaint.deadline_clock_ids
        self.assertEqual(set(clocks.mapped("date_start")), {at("2026-02-27 10:00")})
        self.assertEqual(clocks.user_id, self.clerk)
        self.assertEqual(complaint.term_ids.level_id, self.standard)

    def test_a_historical_complaint_that_has_ended_gets_none(self):
        complaint = self.complaint(
            stage_id=self.stage_closed.id,
            date_received="2020-01-01 10:00:00",
            date_closed="2020-02-01 10:00:00",
        )

        self.assertFalse(complaint.deadline_clock_ids)
        self.assertFalse(complaint.date_deadline)

    def test_the_first_level_that_covers_counts(self):
        tag = self.env["res.partner.category"].create({"name": "Key customer"})
        self.company_partner.category_id = tag
        parent = self.env["crm.complaint.category"].create({"name": "All of it"})
        self.category.parent_id = parent
        common = {"resolution_policy_id": self.policy(3).id}
        by_tag = self.levels.create(
            {"name": "Key", "sequence": 1, "partner_tag_ids": tag.ids, **common}
        )
        by_category = self.levels.create(
            {"name": "Category", "sequence": 2, "category_ids": parent.ids, **common}
        )
        by_team = self.levels.create(
            {"name": "Team", "sequence": 3, "team_ids": self.other_team.ids, **common}
        )
        stranger = self.env["res.partner"].create({"name": "Stranger"})

        def level(**values):
            return self.complaint(**values).term_ids.level_id

        self.assertEqual(level(), by_tag)
        self.assertEqual(level(partner_id=stranger.id), by_category)
        self.assertEqual(
            level(partner_id=stranger.id, category_id=False, team_id=self.other_team.id), by_team
        )
        self.assertEqual(level(partner_id=stranger.id, category_id=False), self.standard)

    def test_a_critical_complaint_is_promised_more(self):
        complaint = self.complaint(severity="critical")

        self.assertEqual(
            self.clock(complaint, "resolution").policy_id,
            self.env.ref("crm_complaints.policy_critical_resolution"),
        )

    def test_a_level_of_another_company_does_not_count(self):
        company = self.env["res.company"].create({"name": "Other Company"})
        self.levels.create({"name": "Theirs", "sequence": 1, "company_id": company.id})

        self.assertEqual(self.complaint().term_ids.level_id, self.standard)

    def test_russian_law_sets_the_term_by_the_remedy_demanded(self):
        for remedy, due in (
            ("replacement", "2026-03-09"),
            ("refund", "2026-03-12"),
            ("price_reduction", "2026-03-12"),
            ("damages", "2026-03-12"),
            ("repair", "2026-04-16"),
            ("return_goods", "2026-03-05"),
        ):
            with self.subTest(remedy=remedy):
                clock = self.clock(self.russian(remedy), "law_resolution")
                # a term in days ends with its last day
                self.assertEqual(clock.date_due, at(f"{due} 23:59:59"))

    def test_a_circumstance_takes_the_place_of_the_general_term(self):
        complaint = self.russian("replacement", circumstance_ids=self.quality_check.ids)

        clock = self.clock(complaint, "law_resolution")

        self.assertEqual(
            clock.policy_id, self.env.ref("crm_complaints.policy_ru_replacement_check")
        )

    def test_consumer_law_is_not_for_companies(self):
        self.company_partner.country_id = self.env.ref("base.ru")
        complaint = self.complaint(remedy_demanded_id=self.remedy("refund").id)

        self.assertEqual(
            complaint.jurisdiction_id, self.env.ref("crm_complaints.crm_complaint_jurisdiction_iso")
        )
        self.assertFalse(self.clock(complaint, "law_resolution"))

    def test_of_two_rules_the_earliest_wins(self):
        sooner, later = self.policy(4), self.policy(12)
        for policy in (later, sooner):
            self.env["crm.complaint.term.rule"].create(
                {"jurisdiction_id": self.russia.id, "policy_id": policy.id}
            )

        self.assertEqual(self.clock(self.russian(), "law_resolution").policy_id, sooner)

    def test_the_article_is_quoted_on_the_form_and_kept(self):
        complaint = self.russian()
        term = complaint.term_ids.filtered(lambda line: line.kind == "law_resolution")
        policy = self.env.ref("crm_complaints.policy_ru_money")
        quoted = policy.source

        policy.source = "Another article"

        self.assertIn("art. 22", quoted)
        self.assertEqual(term.article, quoted)
        self.assertEqual(self.clock(complaint, "law_resolution").policy_source, "Another article")

    def test_a_changed_level_counts_at_once(self):
        self.complaint()
        policy = self.policy(3)

        self.standard.resolution_policy_id = policy

        self.assertEqual(self.clock(self.complaint(), "resolution").policy_id, policy)

    def test_an_archived_policy_promises_nothing(self):
        self.complaint()

        self.standard.resolution_policy_id.active = False

        self.assertNotIn("resolution", self.states(self.complaint()))

    def test_empty_working_hours_never_lose_a_complaint(self):
        hours = self.env["resource.calendar"].create({"name": "None", "attendance_ids": []})
        hours.attendance_ids.unlink()
        self.standard.resolution_policy_id.calendar_id = hours

        with self.assertLogs("odoo.addons.crm_complaints", "WARNING"):
            complaint = self.complaint()

        self.assertEqual(set(self.states(complaint)), {"acknowledgement", "first_answer"})
        term = complaint.term_ids.filtered(lambda line: line.kind == "resolution")
        self.assertIn("working hours are empty", term.reason)

    def test_many_complaints_get_their_terms_with_few_queries(self):
        vals = {"name": "One of many", "team_id": self.team.id, "partner_id": self.customer.id}
        self.env["crm.complaint"].create([dict(vals) for _one in range(2)])
        self.env.flush_all()
        before = self.env.cr.sql_log_count

        self.env["crm.complaint"].create([dict(vals) for _one in range(50)])
        self.env.flush_all()

        self.assertLess((self.env.cr.sql_log_count - before) / 50, 4)


@freeze_time("2026-03-02 08:00:00")
class TestJudging(TermsCase):
    """What decides has changed."""

    def test_another_remedy_sets_another_term_and_the_change_is_on_record(self):
        complaint = self.russian("repair")

        with freeze_time("2026-03-03 09:00:00"):
            complaint.with_user(self.clerk).remedy_demanded_id = self.remedy("refund")

        clock = self.clock(complaint, "law_resolution")
        self.assertEqual(clock.date_due, at("2026-03-12 23:59:59"))
        self.assertEqual(clock.event_ids.sorted("id").mapped("kind"), ["start", "reapply"])
        newest = complaint.term_ids.sorted("id")[-1]
        self.assertRecordValues(
            newest,
            [
                {
                    "kind": "law_resolution",
                    "policy_id": self.env.ref("crm_complaints.policy_ru_money").id,
                    "reason": "changed: Remedy Demanded",
                    "user_id": self.clerk.id,
                    "date": at("2026-03-03 09:00"),
                }
            ],
        )

    def test_a_worse_severity_switches_the_promise(self):
        complaint = self.complaint()

        complaint.severity = "critical"

        self.assertEqual(
            self.clock(complaint, "first_answer").policy_id,
            self.env.ref("crm_complaints.policy_critical_answer"),
        )

    def test_a_remedy_named_later_starts_the_legal_term_from_the_receipt(self):
        complaint = self.complaint(partner_id=self.consumer.id)
        self.assertFalse(self.clock(complaint, "law_resolution"))

        with freeze_time("2026-03-03 09:00:00"):
            complaint.remedy_demanded_id = self.remedy("refund")

        self.assertEqual(self.clock(complaint, "law_resolution").date_start, at("2026-03-02 08:00"))

    def test_a_demand_taken_back_cancels_the_legal_term(self):
        complaint = self.russian()

        complaint.remedy_demanded_id = False

        self.assertEqual(self.clock(complaint, "law_resolution").state, "cancelled")
        self.assertFalse(complaint.term_ids.sorted("id")[-1].policy_id)

    def test_a_corrected_receipt_begins_anew(self):
        complaint = self.complaint()

        complaint.date_received = "2026-02-25 08:00:00"

        running = complaint.deadline_clock_ids.filtered(lambda clock: not clock.date_end)
        self.assertEqual(set(running.mapped("date_start")), {at("2026-02-25 08:00")})
        self.assertEqual(len(running), 3)

    def test_what_is_late_stays_late(self):
        complaint = self.complaint()
        old = self.clock(complaint, "first_answer").policy_id

        with freeze_time("2026-03-20 08:00:00"):
            complaint.severity = "critical"

        clock = self.clock(complaint, "first_answer")
        self.assertEqual(clock.policy_id, old)

    def test_writing_the_same_changes_no_term(self):
        complaint = self.complaint(severity="medium")
        before = len(complaint.term_ids)

        complaint.severity = "medium"

        self.assertEqual(len(complaint.term_ids), before)

    def test_a_policy_is_applied_to_open_complaints_by_the_wizard(self):
        complaint = self.russian()
        policy = self.clock(complaint, "law_resolution").policy_id
        policy.term_amount = 5

        wizard = (
            self.env["crm.deadline.reapply"]
            .with_user(self.manager)
            .create({"policy_id": policy.id, "reason": "The law changed"})
        )
        wizard.line_ids.is_chosen = True
        wizard.action_apply()

        self.assertEqual(
            self.clock(complaint, "law_resolution").date_due, at("2026-03-07 23:59:59")
        )
        self.assertEqual(
            complaint.date_deadline, min(complaint.deadline_clock_ids.mapped("date_due"))
        )

    def test_t19_judgements_are_sealed(self):
        complaint = self.complaint()
        term = complaint.term_ids[0]

        for deed in (
            lambda: term.sudo().write({"article": "None"}),
            lambda: term.sudo().unlink(),
            lambda: term.sudo().create({"complaint_id": complaint.id, "kind": "resolution"}),
        ):
            with self.subTest(deed=deed), self.assertRaises(AccessError):
                deed()

    def test_a_level_in_use_cannot_be_deleted(self):
        self.complaint()

        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.standard.unlink()


class TestAccess(TermsCase):
    """Who does what with levels, law and judgements."""

    def test_table_of_roles_and_deeds(self):
        complaint = self.complaint()
        records = {
            "level": self.standard,
            "jurisdiction": self.russia,
            "circumstance": self.quality_check,
            "rule": self.russia.rule_ids[0],
            "part": self.russia.part_ids[0],
            "term": complaint.term_ids[0],
        }
        nothing, reads = (False, False), (True, False)
        expected = {
            self.outsider: dict.fromkeys(records, nothing),
            self.customer_user: dict.fromkeys(records, nothing),
            self.clerk: dict.fromkeys(records, reads),
            self.colleague: {**dict.fromkeys(records, reads), "term": nothing},
            self.manager: {**dict.fromkeys(records, (True, True)), "term": reads},
        }
        for user, rights in expected.items():
            for name, (may_read, may_write) in rights.items():
                with self.subTest(user=user.login, record=name):
                    record = records[name].with_user(user)
                    self.assertEqual(record.has_access("read"), may_read)
                    self.assertEqual(record.has_access("write"), may_write)

    def test_t15_levels_of_other_companies_are_hidden(self):
        company = self.env["res.company"].create({"name": "Other Company"})
        level = self.levels.create({"name": "Theirs", "company_id": company.id})

        self.assertNotIn(level, self.levels.with_user(self.manager).search([]))

    def test_t21_judgements_of_a_confidential_complaint_are_hidden(self):
        complaint = self.complaint(
            is_confidential=True,
            user_id=self.manager.id,
            about_user_ids=[Command.link(self.clerk.id)],
        )
        terms = self.env["crm.complaint.term"].with_user(self.clerk)
        clocks = self.env["crm.deadline.clock"].with_user(self.clerk)

        self.assertFalse(terms.search_count([("complaint_id", "=", complaint.id)]))
        self.assertFalse(
            clocks.search_count(
                [("res_model", "=", "crm.complaint"), ("res_id", "=", complaint.id)]
            )
        )
