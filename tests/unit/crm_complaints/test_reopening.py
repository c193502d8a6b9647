"""What a message on an ended case means."""

from datetime import datetime, timedelta

import pytest
from crm_complaints.logic.reopening import (
    FOLLOW_UP,
    IGNORE,
    POLITE,
    REOPEN,
    THANKS,
    is_by_machine,
    is_thanks,
    judge,
    own_words,
)
from hypothesis import given
from hypothesis import strategies as st

CLOSED = datetime(2026, 3, 2, 8)
OBJECTIONS = st.sampled_from(["broken", "not", "but", "refund", "still", "снова", "не", "сломан"])


@pytest.mark.parametrize(
    "text",
    [
        "Thank you!",
        "Thank you very much for your help.\n\nBest regards,\nCarla Customer",
        "Thanks\n\nOn Mon, Mar 2, 2026 at 10:00 Desk wrote:\n> Is it still broken?",
        "Спасибо большое, всё хорошо",
        "Vielen Dank für Ihre schnelle Hilfe",
    ],
)
def test_thanks_are_thanks(text):
    assert is_thanks(text, {"Carla Customer"})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello",
        "Thanks, but it is broken again",
        "Thank you. When does the money come?",
        "Thank you, is it all?",
        "Спасибо, но шкаф снова сломан",
        "Carla Customer",
    ],
)
def test_in_doubt_it_is_an_objection(text):
    assert not is_thanks(text, {"Carla Customer"})


@given(st.lists(st.sampled_from(sorted(THANKS | POLITE))), OBJECTIONS)
def test_a_word_of_objection_outweighs_all_thanks(words, objection):
    assert not is_thanks(" ".join([*words, objection, "thanks"]))


@given(st.lists(st.sampled_from(sorted(THANKS | POLITE))), st.sampled_from(sorted(THANKS)))
def test_polite_words_with_thanks_are_thanks(words, thanks):
    assert is_thanks(" ".join([*words, thanks]))


@given(st.text())
def test_any_text_can_be_read(text):
    assert own_words(text) in text or "\n" in own_words(text)
    assert is_thanks(text) in (True, False)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Automatic reply: your complaint", True),
        ("Out of office", True),
        ("Автоответ: отпуск", True),
        ("Re: Automatic doors are broken", False),
        ("Your complaint", False),
    ],
)
def test_machines_are_known_by_their_subject(subject, expected):
    assert is_by_machine(subject) == expected


@given(st.integers(0, 400), st.integers(0, 400))
def test_the_term_decides_between_the_same_case_and_a_new_one(days, after):
    verdict = judge(CLOSED, CLOSED + timedelta(days=after), days, says_nothing=False)

    assert verdict == (REOPEN if after < days else FOLLOW_UP)


@given(st.integers(0, 400))
def test_what_says_nothing_changes_nothing(days):
    assert judge(CLOSED, CLOSED, days, says_nothing=True) == IGNORE
