"""The open record is the query; what is sent counts; what is personal goes; what is lacking."""

import time
from html import escape

import pytest
from crm_knowledge.logic import gaps, private, question, reuse, suggestion, variables
from crm_knowledge.logic.query import read
from crm_knowledge.sections import fill_sections, get_section
from hypothesis import given
from hypothesis import strategies as st

LABELS = {kind: f"[{kind}]" for kind in ("email", "link", "account", "phone", "number", "name")}
plain_text = st.text(max_size=200)


class TestVariables:
    def test_places_are_filled_and_what_is_missing_is_named(self):
        filled = variables.fill("Dear {{customer}}, {{ order }}", {"customer": "Kim", "order": ""})

        assert filled == variables.Filled("Dear Kim, {{ order }}", ("order",))

    def test_a_value_is_no_place_and_is_escaped(self):
        filled = variables.fill("{{ a }}", {"a": "<{{ b }}>", "b": "secret"}, escape)

        assert filled.text == "&lt;{{ b }}&gt;"

    @given(plain_text, st.dictionaries(st.sampled_from("abc"), st.text(max_size=5)))
    def test_any_text_is_filled(self, text, values):
        filled = variables.fill(text, values)

        assert "{{" in text or filled.text == text

    @given(plain_text, st.sampled_from(["customer", "company", "no_such_place"]))
    def test_whoever_reads_without_a_record_sees_no_places(self, text, name):
        shown = variables.fill_all(f"{text} {{{{ {name} }}}} {text}", {"company": "Ours"})

        assert not variables.VARIABLE.search(shown)
        assert ("Ours" in shown) >= (name == "company")


class TestQuestion:
    def test_signs_mean_nothing_and_greetings_say_nothing(self):
        asked = question.make_question(
            ["Refund", 'Hello dear team,\n-no "real" answer yet\n> your old mail', "Refund", None]
        )

        assert asked == "Refund no real answer yet"

    def test_a_russian_greeting_says_nothing(self):
        assert question.make_question(["Добрый день! Где мой заказ?"]) == "Где мой заказ?"

    @given(st.lists(st.none() | st.text(max_size=2000), max_size=5))
    def test_a_question_is_short_and_holds_no_orders(self, texts):
        asked = question.make_question(texts)
        understood = read(asked, lambda word: [word])

        assert len(asked) <= question.MAX_LENGTH
        assert not understood.phrases
        assert not understood.unwanted


class TestSuggestion:
    def test_a_link_brings_in_what_has_no_word_in_common(self):
        fits = suggestion.rank({1: 10.0, 2: 1.0}, {"stage_ids": [3]}, 5)

        assert [(fit.article_id, fit.links) for fit in fits] == [(1, ()), (3, ("stage_ids",))]

    def test_links_lift_what_was_found_by_words(self):
        fits = suggestion.rank({1: 10.0, 2: 9.0}, {"a": [2], "b": [2]}, 1)

        assert [fit.article_id for fit in fits] == [2]

    @given(
        st.dictionaries(st.integers(1, 20), st.floats(0, 100)),
        st.dictionaries(st.sampled_from("ab"), st.sets(st.integers(1, 20))),
        st.integers(0, 10),
    )
    def test_nothing_comes_twice_and_best_comes_first(self, scores, links, limit):
        fits = suggestion.rank(scores, links, limit)

        ids = [fit.article_id for fit in fits]
        assert len(ids) == len(set(ids)) <= limit
        assert set(ids) <= set(scores).union(*links.values())
        assert [fit.score for fit in fits] == sorted((fit.score for fit in fits), reverse=True)


class TestReuse:
    ANSWER = "Within fourteen days you may return whatever was not used, with the invoice."

    def test_what_a_person_has_shortened_was_sent(self):
        message = "Dear Kim, within fourteen days you may return whatever was not used. Best, Sam"

        assert reuse.was_sent(self.ANSWER, message)

    def test_another_message_on_the_same_subject_is_another_message(self):
        assert not reuse.was_sent(self.ANSWER, "You may send it back, we will see about the rest.")

    def test_an_answer_of_one_word_is_sent_with_this_word(self):
        assert reuse.was_sent("Yes!", "Well, yes")
        assert not reuse.was_sent("Yes!", "Well, no")

    def test_nothing_is_never_sent(self):
        assert not reuse.was_sent("", "anything")

    @given(plain_text, plain_text)
    def test_a_text_stands_wholly_in_a_message_that_begins_with_it(self, answer, rest):
        share = reuse.share_sent(answer, f"{answer} {rest}")

        assert share == (1.0 if reuse.share_sent(answer, answer) else 0.0)


class TestPrivate:
    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            ("write to kim.o-neil@mail.example.com now", "write to [email] now"),
            ("see https://shop.example.com/o/123?t=abc now", "see [link] now"),
            ("call +7 (495) 123-45-67 at noon", "call [phone] at noon"),
            ("позвоните 8 916 123 45 67", "позвоните [phone]"),
            ("IBAN DE89 3704 0044 0532 0130 00 please", "IBAN [account] please"),
            ("card 4276 1600 1234 5678", "card [account]"),
            ("ИНН 7707083893", "ИНН [number]"),
            ("contract 1234567", "contract [number]"),
            ("within 14 days, up to 30 kg, 1990 EUR", "within 14 days, up to 30 kg, 1990 EUR"),
            ("order KX-1234", "order KX-1234"),
        ],
    )
    def test_what_is_personal_by_its_form_goes(self, text, kept):
        assert private.redact(text, [], LABELS).text == kept

    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            ("Kim Olson asked, Olson insisted", "[name] asked, [name] insisted"),
            ("передайте Иванову Петру", "передайте [name] [name]"),
            ("с Марией Ивановой", "с [name] [name]"),
            ("Petrol is dear", "Petrol is dear"),
            ("where is S00012?", "where is [name]?"),
            ("S000123 is another one", "S000123 is another one"),
        ],
    )
    def test_names_that_are_known_go_in_all_their_cases(self, text, kept):
        names = ["Kim Olson", "Иванов Пётр", "Петр", "Мария", "Иванова", "S00012"]

        assert private.redact(text, names, LABELS).text == kept

    def test_what_went_is_told_once(self):
        redacted = private.redact("a@b.example a@b.example", [], LABELS)

        assert redacted.findings == (private.Finding("email", "a@b.example"),)

    @given(plain_text)
    def test_nothing_personal_is_left_the_second_time(self, text):
        once = private.redact(text, [], {})

        assert not private.redact(once.text, [], {}).findings

    @given(plain_text, st.lists(st.text(max_size=20), max_size=4))
    def test_any_text_and_any_names_are_answered(self, text, names):
        assert isinstance(private.redact(text, names, LABELS).text, str)


class TestGaps:
    @staticmethod
    def key(text):
        return gaps.make_key(read(text, lambda word: [word[:4]]).groups)

    def test_the_same_question_in_other_words_and_order_is_one(self):
        assert self.key("return goods") == self.key("goods returned")

    def test_codes_name_no_subject(self):
        assert self.key("invoice INV/2025/00015") == self.key("invoice")
        assert self.key("INV/2025/00015") == ""

    @pytest.mark.parametrize(("found", "hit"), [([], False), ([0], False), ([0, 1], True)])
    def test_most_words_must_be_there(self, found, hit):
        groups = read("three green words", lambda word: [word]).groups

        assert len(groups) == 3
        assert gaps.is_hit(groups, found) is hit


class TestSections:
    BODY = (
        "<h2>Question</h2><p>Q</p><h2> answer: </h2><p>A</p><h3>More</h3><p>B</p>"
        "<h2>End</h2><p>C</p>"
    )

    def test_a_section_goes_to_the_next_heading_of_its_level(self):
        assert get_section(self.BODY, "Answer") == "<p>A</p><h3>More</h3><p>B</p>"

    @pytest.mark.parametrize("heading", ["Nothing", "", "  "])
    def test_there_may_be_no_such_section(self, heading):
        assert get_section(self.BODY, heading) == ""

    def test_question_and_answer_go_under_their_headings(self):
        template = "<h2>Question</h2>\n<p><br></p>\n<h2>Answer</h2>\n<p><br></p>"

        filled = fill_sections(template, "Answer", "<p>Q</p>", "<p>A</p>")

        assert get_section(filled, "Question") == "<p>Q</p>"
        assert get_section(filled, "Answer") == "<p>A</p>"

    def test_what_has_no_place_is_not_lost(self):
        assert fill_sections("", "", "<p>Q</p>", "<p>A</p>") == "<p>Q</p><p>A</p>"
        filled = fill_sections("<h2>One</h2><p></p>", "", "<p>Q</p>", "<p>A</p>")
        assert filled == "<p>A</p><h2>One</h2><p>Q</p>"

    @given(plain_text, st.text(max_size=20))
    def test_any_html_is_read(self, body, heading):
        assert isinstance(get_section(body, heading), str)


class TestSpeed:
    """Whatever somebody pastes, reading it takes time in proportion to its length."""

    @pytest.mark.parametrize(
        "piece",
        [
            "a",
            "1",
            "1 ",
            "a.",
            "-",
            "\n",
            "> ",
            "{{ ",
            "a@",
            "@a.",
            "A1",
            "Kim ",
            "[",
            " ",
            "DE89 ",
        ],
    )
    def test_t5_no_text_takes_long(self, piece):
        text = piece * (20_000 // len(piece))

        start = time.process_time()
        private.redact(text, ["Kim Olson"], LABELS)
        question.make_question([text])
        variables.fill(text, {"a": "b"})
        reuse.was_sent(text, text)

        assert time.process_time() - start < 1.0
