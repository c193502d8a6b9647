"""What an approval is about, and who may decide."""

from crm_standards.logic.approval import changed, may_decide, snapshot
from hypothesis import given
from hypothesis import strategies as st

values = st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False)
facts = st.dictionaries(st.sampled_from("abcd"), values)


@given(facts)
def test_what_did_not_change_has_not_changed(now):
    assert changed(snapshot(now), snapshot(dict(now))) == ()


@given(facts, st.sampled_from("abcd"), st.integers(), st.integers())
def test_another_number_is_a_change(now, name, old, new):
    then, later = snapshot({**now, name: old}), snapshot({**now, name: new})

    assert (name in changed(then, later)) == (old != new)


def test_order_of_related_records_is_no_change():
    assert changed(snapshot({"tags": (1, 2)}), snapshot({"tags": (2, 1)})) == ()


def test_a_removed_field_is_no_change():
    assert changed({"gone": "1"}, {}) == ()


@given(st.integers(1, 5), st.integers(1, 5), st.frozensets(st.integers(1, 5)), st.booleans())
def test_nobody_decides_about_his_own_request(person, asker, asked, is_person):
    allowed = may_decide(person, asker, asked, is_person=is_person)

    assert not (allowed and person == asker)
    assert not (allowed and (person not in asked or not is_person))
