"""Words, codes and queries, by examples and by properties."""

import pytest
from crm_knowledge.logic.codes import codes
from crm_knowledge.logic.layout import switched
from crm_knowledge.logic.query import MAX_GROUPS, read
from crm_knowledge.logic.words import fold, line_of_words, one_alphabet, words
from hypothesis import given
from hypothesis import strategies as st


def letters(word):
    return {word}


def found(text):
    return frozenset().union(*(code.parts for code in codes(text)))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Товар KX-1234 снят.", "KX-1234"),
        ("Товар KX-1234 снят.", "KX1234"),
        ("Товар KX-1234 снят.", "kx 1234"),
        ("Товар KX-1234 снят.", "1234"),
        ("Товар KX1234 снят.", "kx-1234"),
        ("Товар КХ-1234 русскими буквами", "KX-1234"),
        ("счёт INV/2025/00015", "inv/2025/00015"),
        ("счёт INV/2025/00015", "INV-2025-00015"),
        ("счёт INV/2025/00015", "INV202500015"),
        ("счёт INV/2025/00015", "2025/00015"),
        ("счёт INV/2025/00015", "15"),
        ("заказ S00015", "s15"),
        ("Звоните: +7 (495) 123-45-67", "8 495 123 45 67"),
        ("Звоните: +7 (495) 123-45-67", "74951234567"),
        ("Звоните: +7 (495) 123-45-67", "123-45-67"),
    ],
)
def test_a_code_is_the_same_in_any_writing(text, query):
    groups = read(query, letters).groups
    wanted = [lexeme for group in groups if group.is_code for lexeme in group.lexemes]
    assert found(text) & set(wanted)


def test_a_price_before_a_word_is_no_code_with_it():
    assert "#цeha5" not in found("цена 5 рублей")
    assert found("in 2025") == {"#2025"}


def test_letters_of_two_alphabets_become_one():
    assert one_alphabet("cкидкa") == "скидка"
    assert one_alphabet("usbкабель") == "usbкабель"


def test_yo_and_capitals_are_no_difference():
    assert fold("ПЛАТЁЖ") == fold("платеж")
    assert fold("Ａ café") == "a cafe"
    assert fold("йод") == "йод"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ghbdtn", "привет"), ("crblrf", "скидка"), (";fkj,f", "жалоба"), ("куагтв", "refund")],
)
def test_the_other_layout_is_known(typed, meant):
    assert switched(typed) == meant


@pytest.mark.parametrize("typed", ["", "12", "a", "12345", "???", "привет;мир"])
def test_what_is_no_word_in_the_other_layout_is_left(typed):
    assert switched(typed) == "" or switched(typed).isalpha()


def test_phrases_and_unwanted_words_are_read():
    query = read('условия "быстрый возврат" «без чека» -брак -"наш склад"', letters)

    assert [group.text for group in query.groups] == ["условия", "быстрый", "возврат", "чека"]
    assert query.phrases == (" быстрый возврат ", " без чека ")
    assert query.unwanted == (frozenset({"брак"}),)
    assert query.unwanted_phrases == (" наш склад ",)


def test_words_that_say_nothing_are_left_out():
    assert [group.text for group in read("как мне вернуть товар?", letters).groups] == [
        "вернуть",
        "товар",
    ]
    assert read("как что где the of", letters).is_empty()


def test_a_long_query_is_cut():
    assert len(read(" ".join(f"слово{one}й" for one in range(500)), letters).groups) <= MAX_GROUPS


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read(text):
    query = read(text, letters)

    for group in query.groups:
        assert group.text
        assert all(worth > 0 for worth in group.lexemes.values())
    assert all(line.startswith(" ") and line.endswith(" ") for line in query.phrases)


@given(st.one_of(st.none(), st.integers(), st.lists(st.text()), st.binary()))
def test_what_is_no_text_asks_for_nothing(value):
    assert read(value, letters).is_empty()


@given(st.text(max_size=300))
def test_words_stand_where_they_say(text):
    for word in words(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.text
    assert "_" not in line_of_words(text)
    assert "%" not in line_of_words(text)


@given(st.text(alphabet="ab1-./ \u0430", max_size=2000))
def test_codes_are_found_in_no_time(text):
    assert all(code.end <= len(text) for code in codes(text))
