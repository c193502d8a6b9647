"""Contents of versions: what they say, how they differ, how a draft becomes the law."""

import json

from crm_standards.logic.version import (
    Content,
    DraftPart,
    Part,
    compare,
    compare_words,
    differing,
    digest,
    from_json,
    missing_readers,
    percent,
    plan_merge,
    says_nothing,
    to_json,
)
from hypothesis import given
from hypothesis import strategies as st

NAMES = st.sampled_from(["name", "hint", "stage_ids", "domain", "strength"])
SIMPLE = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.text(max_size=5), st.lists(st.integers(1, 4))
)
VALUES = st.dictionaries(NAMES, SIMPLE, max_size=5)


@st.composite
def contents(draw):
    """A content whose parts and files have each a name of their own."""
    keys = draw(st.lists(st.integers(1, 9), unique=True, max_size=4))
    parts = [Part(draw(st.sampled_from(["rule", "norm"])), key, draw(VALUES)) for key in keys]
    files = draw(st.dictionaries(st.sampled_from("abc"), st.sampled_from("xyz")))
    ids = draw(st.lists(st.integers(1, 5), unique=True, max_size=3))
    named = [Part("plan", record_id, draw(VALUES)) for record_id in ids]
    return Content(draw(VALUES), tuple(files.items()), tuple(parts), tuple(named))


def filled(values):
    return {name: value for name, value in values.items() if not says_nothing(value)}


@given(contents(), contents())
def test_contents_have_one_mark_exactly_when_nothing_differs(one, other):
    assert (digest(one) == digest(other)) == (compare(one, other) == [])


@given(contents())
def test_order_of_parts_and_files_says_nothing(content):
    turned = Content(content.values, content.files[::-1], content.parts[::-1], content.named[::-1])

    assert digest(turned) == digest(content)


@given(contents())
def test_what_is_sealed_is_read_back_as_it_was(content):
    again = from_json(json.loads(json.dumps(to_json(content))))

    assert digest(again) == digest(content)
    assert compare(content, again) == []


@given(contents(), contents())
def test_each_difference_is_told_both_ways(one, other):
    opposite = {
        "added": "removed",
        "removed": "added",
        "attached": "detached",
        "detached": "attached",
        "changed": "changed",
    }
    there = {(change.kind, change.part, change.name) for change in compare(one, other)}
    back = {(opposite[c.kind], c.part, c.name) for c in compare(other, one)}

    assert there == back


def test_empty_values_of_any_kind_mean_the_same():
    assert differing({"hint": None}, {"hint": ""}) == []
    assert differing({"hint": False}, {}) == []


def test_zero_says_something():
    assert not says_nothing(0)
    assert differing({"least": 0}, {"least": None}) == ["least"]


def test_field_that_comes_with_an_update_makes_no_new_version():
    old = Content({"name": "x"}, (), (Part("rule", 1, {"kind": "enter"}),))
    new = Content({"name": "x", "fresh": None}, (), (Part("rule", 1, {"kind": "enter", "n": []}),))

    assert digest(new) == digest(old)


@st.composite
def drafts(draw):
    """Parts in force and a draft of them: kept, changed, dropped, new, copied twice, strange."""
    live = draw(st.dictionaries(st.integers(1, 6), VALUES, max_size=5))
    sources = draw(st.lists(st.none() | st.integers(1, 8), max_size=6))
    draft = [DraftPart(100 + n, source, draw(VALUES)) for n, source in enumerate(sources)]
    return live, draft


@given(drafts())
def test_after_the_merge_the_law_says_what_the_draft_said(case):
    live, draft = case
    plan, by_id = plan_merge(live, draft), {part.id: part for part in draft}

    law = {key: dict(values) for key, values in live.items() if key not in plan.archived}
    for key, (draft_id, names) in plan.updates.items():
        law[key].update({name: by_id[draft_id].values.get(name) for name in names})
    law.update({draft_id: by_id[draft_id].values for draft_id in plan.adopted})

    said = sorted(json.dumps(filled(part.values), sort_keys=True) for part in draft)
    assert sorted(json.dumps(filled(values), sort_keys=True) for values in law.values()) == said


@given(drafts())
def test_every_part_in_force_is_kept_or_archived_and_every_draft_used_once(case):
    live, draft = case
    plan = plan_merge(live, draft)

    assert sorted([*plan.updates, *plan.archived]) == sorted(live)
    used = [draft_id for draft_id, _names in plan.updates.values()] + list(plan.adopted)
    assert sorted(used) == sorted(part.id for part in draft)


@given(st.dictionaries(st.integers(1, 6), VALUES, max_size=5))
def test_draft_that_changed_nothing_touches_nothing(live):
    draft = [DraftPart(100 + key, key, values) for key, values in live.items()]

    plan = plan_merge(live, draft)

    assert not plan.adopted and not plan.archived
    assert all(names == () for _id, names in plan.updates.values())


@given(st.text("ab \n", max_size=30), st.text("ab \n", max_size=30))
def test_pieces_put_together_give_both_texts(before, after):
    pieces = compare_words(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


def test_one_changed_word_is_one_change():
    pieces = compare_words("answer within a day", "answer within an hour")

    assert next(piece.text for piece in pieces if piece.kind == "same") == "answer within "


@given(st.lists(st.integers(1, 9)), st.lists(st.integers(1, 9)))
def test_readers_are_asked_once_and_all_of_them(audience, asked):
    waiting = missing_readers(audience, asked)

    assert set(waiting) | set(asked) >= set(audience)
    assert not set(waiting) & set(asked)
    assert len(waiting) == len(set(waiting))


@given(st.integers(0, 200), st.integers(0, 200))
def test_hundred_percent_only_when_all_have_read(part, whole):
    share = percent(min(part, whole), whole)

    assert (share == 100) == (whole > 0 and part >= whole)
