"""What was typed into the form of an anonymous survey."""

from crm_surveys.logic.ballot_form import LONGEST, Asked, read_form
from hypothesis import given
from hypothesis import strategies as st

QUESTIONS = (
    Asked(1, "scale", scale=(1, 5)),
    Asked(2, "simple_choice", choices=frozenset((20, 21)), has_comment=True),
    Asked(3, "multiple_choice", choices=frozenset((30, 31))),
    Asked(4, "matrix", choices=frozenset((40, 41)), rows=frozenset((44, 45))),
    Asked(5, "text_box", shown_by=frozenset((21,))),
)
fields = st.sampled_from(["q1", "q2", "q2_comment", "q3", "q4", "q4_44", "q4_45", "q5", "q9"])
typed = st.one_of(st.text(max_size=20), st.sampled_from(["1", "20", "21", "30", "31", "40", "41"]))


@given(st.dictionaries(fields, st.lists(typed, max_size=3)))
def test_whatever_is_sent_only_what_is_on_the_form_comes_in(form):
    answers, errors = read_form(QUESTIONS, form)

    assert set(answers) <= {"1", "2", "3", "4", "5"}
    assert not {str(key) for key in errors} & set(answers)
    assert answers.get("1", {}).get("answer", "") in ("", *"12345")
    assert answers.get("2", {}).get("answer", "") in ("", "20", "21")
    assert set(answers.get("3", {}).get("answer", ())) <= {"30", "31"}


def test_everything_is_read_as_core_saves_it():
    form = {
        "q1": ["4"],
        "q2": ["21"],
        "q2_comment": [" Well "],
        "q3": ["30", "31"],
        "q4_44": ["40"],
        "q5": ["Because"],
    }

    answers, errors = read_form(QUESTIONS, form)

    assert not errors
    assert {key: said["answer"] for key, said in answers.items()} == {
        "1": "4",
        "2": "21",
        "3": ["30", "31"],
        "4": {"44": ["40"]},
        "5": "Because",
    }
    assert answers["2"]["comment"] == "Well"


def test_what_is_not_asked_is_left_out():
    assert read_form(QUESTIONS, {"q2": ["20"], "q5": ["Because"]})[0].keys() == {"2"}


def test_what_must_be_answered_is_missed():
    matrix = Asked(4, "matrix", True, frozenset((40,)), frozenset((44, 45)))

    assert read_form([matrix], {"q4_44": ["40"]})[1] == {4: "missing"}
    assert not read_form([matrix], {"q4_44": ["40"], "q4_45": ["40"]})[1]


def test_two_columns_of_a_row_are_none_where_one_is_asked_for():
    assert read_form(QUESTIONS, {"q4_44": ["40", "41"]})[1] == {4: "unknown"}


def test_no_text_is_endless():
    text = Asked(6, "text_box")

    assert len(read_form([text], {"q6": ["a" * 20_000]})[0]["6"]["answer"]) == LONGEST


def test_numbers_end_somewhere_and_moments_are_read():
    questions = [Asked(7, "numerical_box"), Asked(8, "datetime")]

    answers, errors = read_form(questions, {"q7": ["inf"], "q8": ["2026-03-02T10:30"]})

    assert errors == {7: "unknown"}
    assert answers["8"]["answer"] == "2026-03-02 10:30:00"
