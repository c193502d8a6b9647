"""Ishikawa's drawing, by examples and by properties."""

from crm_complaints.logic.ishikawa import LETTERS, WIDTH, Suspect, draw
from hypothesis import given
from hypothesis import strategies as st

BRANCHES = {key: key.title() for key in ("people", "method", "machine", "material", "test", "air")}
SUSPECTS = st.lists(
    st.builds(
        Suspect,
        st.sampled_from(list(BRANCHES)),
        st.text(min_size=1, max_size=80),
        st.sampled_from(["open", "confirmed", "excluded"]),
    ),
    max_size=40,
)


@given(st.text(max_size=300), SUSPECTS)
def test_everything_stands_within_the_drawing(effect, suspects):
    drawing = draw(effect, BRANCHES, suspects)

    for line in drawing["lines"]:
        assert 0 <= min(line["x1"], line["x2"]) <= max(line["x1"], line["x2"]) <= WIDTH
        assert 0 <= min(line["y1"], line["y2"]) <= max(line["y1"], line["y2"]) <= drawing["height"]
    for word in drawing["words"]:
        assert 0 <= word["x"] <= WIDTH
        assert 0 <= word["y"] <= drawing["height"]


@given(SUSPECTS)
def test_each_possible_cause_is_a_twig_and_no_two_share_a_place(suspects):
    drawing = draw("Late", BRANCHES, suspects)

    twigs = [word for word in drawing["words"] if word["kind"] in ("open", "confirmed", "excluded")]
    assert sorted(word["title"] for word in twigs) == sorted(s.text for s in suspects)
    assert len({(word["x"], word["y"]) for word in twigs}) == len(suspects)
    assert all(len(word["text"]) <= LETTERS for word in twigs)


def test_without_possible_causes_there_are_six_bones():
    drawing = draw("Delivered a week late, two boxes damaged", BRANCHES, [])

    assert [line["kind"] for line in drawing["lines"]] == ["spine", *["bone"] * 6]
    assert [w["text"] for w in drawing["words"] if w["kind"] == "head"] == [
        "Delivered a week late,",
        "two boxes damaged",
    ]
