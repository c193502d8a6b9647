from lxml import html

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .anonymous_common import AnonymousCase


@tagged("post_install", "-at_install")
class TestAnonymousPages(AnonymousCase, HttpCase):
    """The page of a ballot: opened by nobody, answered once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nps, cls.driver, cls.reason, cls.text = cls.secret.question_ids

    def setUp(self):
        super().setUp()
        self.asked, self.tokens = self.ask()
        self.path = f"/customer-survey/ballot/{self.tokens[0]}"

    def _send(self, path=None, **typed):
        return self.url_open(path or self.path, data={"lang": "en_US", **typed})

    def _boxed(self):
        return self.boxed.search([("survey_id", "=", self.secret.id)])

    def test_t3_looking_counts_nothing_and_says_how_it_is_anonymous(self):
        page = self.url_open(self.path)

        self.assertEqual(page.status_code, 200)
        self.assertIn("This survey is anonymous", page.text)
        self.assertIn(self.nps.title, page.text)
        self.assertIn("no-store", page.headers["Cache-Control"])
        self.assertFalse(self._boxed())

    def test_t16_nothing_is_loaded_beside_the_page(self):
        self.secret.description = '<p>Hello</p><img src="/web/image/1"/>'

        page = html.fromstring(self.url_open(self.path).content)

        self.assertEqual(page.xpath("//@src | //script"), [])
        self.assertEqual(page.xpath("//link/@href"), ["data:,"])
        self.assertIn("Hello", page.text_content())

    def test_sending_puts_it_into_the_box(self):
        choice = self.reason.suggested_answer_ids[0]

        page = self._send(
            **{f"q{self.nps.id}": "9", f"q{self.reason.id}": choice.id, f"q{self.text.id}": "Fine"}
        )

        self.assertIn("Thank you", page.text)
        said = self._boxed().content
        self.assertEqual(
            {key: one["answer"] for key, one in said.items()},
            {
                str(self.nps.id): "9",
                str(self.reason.id): str(choice.id),
                str(self.text.id): "Fine",
            },
        )

    def test_t2_a_ballot_works_once_and_wrong_ones_look_the_same(self):
        self._send(**{f"q{self.nps.id}": "9"})

        again = self._send(**{f"q{self.nps.id}": "1"})
        wrong = self._send("/customer-survey/ballot/wrong", **{f"q{self.nps.id}": "1"})

        self.assertEqual((again.status_code, wrong.status_code), (404, 404))
        self.assertIn("leads nowhere", again.text)
        self.assertEqual(again.content, wrong.content)
        self.assertEqual(len(self._boxed()), 1)

    def test_t16_a_customer_who_is_signed_in_leaves_no_trace(self):
        self.authenticate("srv_customer", "srv_customer")
        devices = self.env["res.device.log"].search_count([])

        self.url_open(self.path)
        page = self._send(**{f"q{self.nps.id}": "9"})

        self.assertIn("Thank you", page.text)
        self.assertFalse(page.cookies)
        self.assertEqual(self.env["res.device.log"].search_count([]), devices)
        self.secret.active = False
        for ballot in self.tokens[1:]:
            self.cast(ballot)
        self.pour()
        self.assertEqual(len(self.responses()), 6)
        self.assertEqual(self.responses().create_uid.id, 1)

    def test_t5_nonsense_is_shown_again_and_counts_nothing(self):
        for typed in (
            {},
            {f"q{self.nps.id}": "eleven"},
            {f"q{self.reason.id}": str(2**40)},
            {"q999999999999": "1"},
            {f"q{self.text.id}": "\x00"},
        ):
            with self.subTest(typed):
                page = self._send(**typed)

                self.assertEqual(page.status_code, 200)
                self.assertIn("o_crm_survey_ballot", page.text)
        self.assertFalse(self._boxed())
        for path in ("a" * 3000, "%00", "%ff"):
            with self.subTest(path):
                self.assertLess(self.url_open(f"/customer-survey/ballot/{path}").status_code, 500)

    def test_t6_what_is_typed_is_shown_as_text(self):
        self.nps.constr_mandatory = True

        page = self._send(**{f"q{self.text.id}": "</textarea><script>alert(1)</script>"})

        self.assertIn("Please answer this question", page.text)
        self.assertNotIn("<script>alert", page.text)
        self.assertIn("&lt;script&gt;alert", page.text)

    def test_a_closed_survey_says_so(self):
        self.secret.active = False

        for page in (self.url_open(self.path), self._send(**{f"q{self.nps.id}": "9"})):
            self.assertEqual(page.status_code, 410)
        self.assertFalse(self._boxed())

    def test_all_kinds_of_questions_stand_on_the_page_and_come_out_as_core_saves_them(self):
        more = {
            kind: self.question(self.secret, title=kind, question_type=kind)
            for kind in ("char_box", "numerical_box", "date", "datetime")
        }
        matrix = self.question(
            self.secret,
            title="matrix",
            question_type="matrix",
            suggested_answer_ids=[
                Command.create({"value": "Good"}),
                Command.create({"value": "Bad"}),
            ],
            matrix_row_ids=[Command.create({"value": "Price"}), Command.create({"value": "Time"})],
        )
        typed = {
            f"q{more['char_box'].id}": "Short",
            f"q{more['numerical_box'].id}": "2.5",
            f"q{more['date'].id}": "2026-03-02",
            f"q{more['datetime'].id}": "2026-03-02T10:30",
            f"q{matrix.id}_{matrix.matrix_row_ids[0].id}": str(matrix.suggested_answer_ids[1].id),
        }
        self.assertEqual(self.url_open(self.path).status_code, 200)

        self.assertIn("Thank you", self._send(**typed).text)
        for ballot in self.tokens[1:]:
            self.cast(ballot)
        self.secret.active = False
        self.pour()

        lines = self.responses().user_input_line_ids
        said = {line.question_id.title: line for line in lines if not line.skipped}
        self.assertEqual(said["char_box"].value_char_box, "Short")
        self.assertEqual(said["numerical_box"].value_numerical_box, 2.5)
        self.assertEqual(str(said["datetime"].value_datetime), "2026-03-02 10:30:00")
        self.assertEqual(said["matrix"].matrix_row_id, matrix.matrix_row_ids[0])

    def test_core_s_door_is_closed(self):
        self.secret.access_mode = "public"

        page = self.url_open(f"/survey/start/{self.secret.access_token}")

        self.assertLess(page.status_code, 500)
        self.assertFalse(self.responses())
