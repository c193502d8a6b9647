import inspect
import io
import json
import zipfile
from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import get_public_method
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import NOON
from .test_closing import DAY, ClosingCase

#: What a caller may send instead of what is asked for.
GARBAGE = (None, False, True, -1, 10**12, 1.5, "x", "1; DROP TABLE", [], [1], {"a": 1}, "é" * 999)
#: Pages and reports of the add-on, by model: what their screens call.
PAGES = {
    "crm.kpi.card": ("get_board", "get_my_score", "action_explain_mine"),
    "crm.kpi.incident": ("get_page",),
    "crm.kpi.funnel": ("get_page",),
}


class HostileCase(ClosingCase):
    """A period that is closed, an incident, a forecast, an appeal: something behind each door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.at(datetime(2026, 3, 10, 12))
        cls.strangers = cls.outsider | cls.customer_user
        cls.roles = (cls.employee, cls.leader, cls.outsider, cls.customer_user)

    def setUp(self):
        super().setUp()
        lead = self.lead(self.employee, amount=500)
        self.lead(self.colleague, amount=700)
        self.refresh()
        self.hand_over(lead, self.colleague, at=NOON + timedelta(hours=1))
        self.target(self.sold, self.colleague, target=1000)
        closing = self.close()
        self.adjust(closing)

        self.env["crm.kpi.appeal"].with_user(self.colleague).create(
            {"card_id": self.card.id, "indicator_id": self.sold.id, "date": DAY, "text": "Mine"}
        )
        # everything the colleague is on, and the employee is not
        other = self.card.copy({"user_ids": [Command.set(self.colleague.ids)]})
        self.assertFalse(other.with_user(self.employee).has_access("read"))

    def adjust(self, closing):
        self.env["crm.kpi.adjustment"].with_user(self.manager)._enter(
            self.card, self.sold, self.colleague, closing.date_from, 10, "Forgotten by hand"
        )

    def models(self):
        """Return the models of the add-on that keep records, by name."""
        return sorted(
            name
            for name in self.env.registry
            if name.startswith("crm.kpi.") and not self.env[name]._abstract
        )

    def doors(self, name):
        """Return the methods of the add-on itself that can be called from outside."""
        records = self.env[name]
        found = []
        for method in dir(type(records)):
            try:
                function = get_public_method(records, method)
            except (AccessError, AttributeError):
                continue
            if ".crm_kpi." in getattr(function, "__module__", "") and method not in (
                "create",
                "copy",
                "copy_data",
                "write",
                "unlink",
            ):
                found.append(method)
        return found

    def call(self, records, method, *sent):
        """Return what a call answers, or the words of a refusal; nothing else may come of it."""
        with self.env.cr.savepoint() as savepoint:
            try:
                return getattr(records, method)(*sent)
            except UserError as error:  # refusals of access are among them
                savepoint.rollback()
                return str(error)


class TestHostile(HostileCase):
    """Threats T1, T5, T14, T21: all doors of the add-on, as those who should not pass."""

    def test_t14_the_doors_are_known(self):
        """A new public method is looked at here before it is opened."""
        self.assertEqual(
            {name: sorted(self.doors(name)) for name in self.models() if self.doors(name)},
            {
                "crm.kpi.appeal": ["action_accept", "action_decline"],
                "crm.kpi.card": [
                    "action_close",
                    "action_explain",
                    "action_explain_mine",
                    "action_explain_own",
                    "action_open_closings",
                    "get_board",
                    "get_my_score",
                ],
                "crm.kpi.closing": ["action_verify"],
                "crm.kpi.explanation": [
                    "action_appeal",
                    "action_ask_again",
                    "action_open_oddities",
                ],
                "crm.kpi.explanation.measure": ["action_open_documents", "action_open_facts"],
                "crm.kpi.funnel": ["action_forecast", "get_page"],
                "crm.kpi.health": ["action_count"],
                "crm.kpi.incident": [
                    "action_close",
                    "action_open_rows",
                    "action_take",
                    "get_page",
                ],
                "crm.kpi.indicator": ["action_open_targets"],
                "crm.kpi.measure": ["action_count"],
                "crm.kpi.oddity": ["action_open_document"],
                "crm.kpi.result": ["action_explain"],
                "crm.kpi.target": [
                    "action_acknowledge",
                    "action_agree",
                    "action_new_version",
                    "action_open_spread",
                ],
                "crm.kpi.target.copy": ["action_copy"],
                "crm.kpi.target.import": ["action_import", "action_template"],
                "crm.kpi.target.spread": ["action_spread"],
                "crm.kpi.watch": ["action_find"],
            },
        )

    def test_t5_pages_refuse_garbage_in_words(self):
        for name, methods in PAGES.items():
            for method in methods:
                function = getattr(type(self.env[name]), method)
                count = len(inspect.signature(function).parameters) - 1
                for garbage in GARBAGE if count else ():
                    for user in (self.employee, self.leader, self.manager):
                        with self.subTest(model=name, method=method, sent=garbage, user=user.name):
                            sent = (garbage,) * count
                            told = self.call(self.env[name].with_user(user), method, *sent)
                            # words of refusal, or the page itself: anything else is raised
                            self.assertIsInstance(told, (str, dict, list))

    def test_t14_strangers_pass_no_door(self):
        for name in self.models():
            for method in self.doors(name):
                for user in self.strangers:
                    records = self.env[name].search([], limit=1).with_user(user)
                    with self.subTest(model=name, method=method, user=user.name):
                        if not records and method not in PAGES.get(name, ()):
                            continue  # nothing is behind it that could be called
                        self.assertIsInstance(self.call(records, method), str)

    def test_t1_an_employee_passes_no_door_to_what_is_anothers(self):
        """What he may not read he may not open, take, close, agree to or have explained."""
        found = 0
        for name in self.models():
            foreign = self.env[name].search([])
            if not self.env[name].with_user(self.employee).has_access("read"):
                foreign = foreign[:1]
            else:
                mine = self.env[name].with_user(self.employee).search([])
                foreign -= mine.sudo()
            for method in set(self.doors(name)) - set(PAGES.get(name, ())):
                for record in foreign[:2].with_user(self.employee):
                    with self.subTest(model=name, method=method):
                        found += 1
                        self.assertIsInstance(self.call(record, method), str)
        self.assertGreater(found, 8)

    def test_t21_pages_name_nobody_one_may_not_see(self):
        for name, methods in PAGES.items():
            for method in methods:
                for user in (self.employee, self.leader):
                    told = json.dumps(
                        self.call(self.env[name].with_user(user), method), default=str
                    )
                    with self.subTest(model=name, method=method, user=user.name):
                        self.assertNotIn(self.colleague.name, told)

    def test_t1_nobody_has_the_score_of_another_explained(self):
        explanations = self.env["crm.kpi.explanation"]
        vals = {"card_id": self.card.id, "user_id": self.colleague.id, "date": DAY}

        for user in (self.employee, self.leader, self.outsider, self.customer_user):
            with (
                self.subTest(user=user.name),
                self.assertRaises(AccessError),
                self.env.cr.savepoint(),
            ):
                explanations.with_user(user).create(vals)

    def test_t1_an_explanation_is_read_by_nobody_but_who_asked(self):
        vals = {"card_id": self.card.id, "user_id": self.colleague.id, "date": DAY}
        explanation = self.env["crm.kpi.explanation"].with_user(self.manager).create(vals)

        for user in (self.employee, self.leader, self.outsider):
            for records in (explanation, explanation.line_ids, explanation.line_ids.measure_ids):
                with self.subTest(user=user.name, model=records._name):
                    self.assertFalse(records.with_user(user).has_access("read"))

    def test_t4_what_is_sent_along_with_an_explanation_is_not_believed(self):
        explanation = (
            self.env["crm.kpi.explanation"]
            .with_user(self.employee)
            .with_context(default_score=100, default_has_score=True, default_bonus=9999)
            .create({"card_id": self.card.id, "date": DAY, "score": 100})
        )

        self.assertNotEqual((explanation.score, explanation.bonus), (100, 9999))

    def test_t8_no_name_of_a_column_is_taken_from_a_caller(self):
        facts = self.env["crm.kpi.fact"]

        with self.assertRaises(ValueError):
            facts._get_values(self.worth, date(2026, 3, 1), date(2026, 3, 31), ("id; DROP",))

    def test_t8_conditions_are_literals_and_never_run(self):
        for domain in (
            "__import__('os').getcwd()",
            "[(1).__class__]",
            "lambda: 1",
            "[x for x in ()]",
        ):
            with self.subTest(domain), self.assertRaises(UserError), self.env.cr.savepoint():
                self.measure("evil", domain=domain)

    def test_t7_formulas_are_no_code(self):
        for formula in (
            "leads.__class__",
            "open('x')",
            "worth if leads else 0",
            "leads ** 9",
            "'a'",
        ):
            with self.subTest(formula), self.assertRaises(UserError), self.env.cr.savepoint():
                self.indicator("evil", formula=formula)


class TestHostileNames(HostileCase):
    """Threats T6, T17: what people type into names stays what it is, words."""

    def test_t6_names_are_no_markup_in_previews_explanations_and_mails(self):
        evil = "<script>alert('kpi')</script>"
        self.lead(self.employee, name=evil)
        self.env["crm.kpi.adjustment"].with_user(self.manager)._enter(
            self.card, self.sold, self.employee, date(2026, 4, 1), 10, evil
        )
        self.employee.name = self.card.name = self.worth.name = evil
        explanation = (
            self.env["crm.kpi.explanation"]
            .with_user(self.manager)
            .create(
                {
                    "card_id": self.card.id,
                    "user_id": self.employee.id,
                    "date": date(2026, 4, 1),
                }
            )
        )

        told = {
            "preview": self.worth.with_user(self.manager).preview,
            "explanation": "".join(explanation.line_ids.mapped("told")),
            "mail": self.card._prepare_digest(self.employee)["body_html"],
        }

        for page, words in told.items():
            with self.subTest(page):
                self.assertNotIn("<script", words)
                self.assertIn("alert(", words)

    def test_t17_a_name_is_no_formula_in_the_spreadsheet(self):
        self.employee.name = "=1+1"

        content = self.card.with_user(self.manager)._make_sheet(1)

        with zipfile.ZipFile(io.BytesIO(content)) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
            words = book.read("xl/sharedStrings.xml").decode()
        self.assertNotIn("<f>", sheet)
        self.assertIn("=1+1", words)


@tagged("-at_install", "post_install")
class TestHostileRoutes(HostileCase, HttpCase):
    """Threats T1, T3, T5, T22: the one route of the add-on."""

    def fetch(self, user, path):
        if user:
            self.authenticate(user.login, user.login)
        return self.url_open(path, allow_redirects=False)

    def test_t1_the_file_is_for_who_may_see_the_card(self):
        path = f"/crm_kpi/board/{self.card.id}/0.xlsx"

        for user in (self.outsider, self.customer_user):
            with self.subTest(user=user.name):
                self.assertEqual(self.fetch(user, path).status_code, 404)

    def test_t1_who_is_not_signed_in_is_sent_to_sign_in(self):
        answer = self.fetch(None, f"/crm_kpi/board/{self.card.id}/0.xlsx")

        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])

    @mute_logger("odoo.http")
    def test_t5_garbage_in_the_address_is_no_error_of_the_server(self):
        for path in (
            "/crm_kpi/board/0/0.xlsx",
            f"/crm_kpi/board/{10**9}/0.xlsx",
            f"/crm_kpi/board/{10**30}/0.xlsx",
            f"/crm_kpi/board/{self.card.id}/61.xlsx",
            f"/crm_kpi/board/{self.card.id}/{10**30}.xlsx",
            f"/crm_kpi/board/{self.card.id}/-1.xlsx",
            "/crm_kpi/board/x/y.xlsx",
        ):
            with self.subTest(path):
                self.assertIn(self.fetch(self.manager, path).status_code, range(400, 500))

    def test_t3_the_route_changes_nothing(self):
        before = self.env["crm.kpi.fact"].search_count([])

        self.fetch(self.manager, f"/crm_kpi/board/{self.card.id}/0.xlsx")

        self.assertEqual(self.env["crm.kpi.fact"].search_count([]), before)
