"""The reasons customers chose, by examples and by properties."""

from crm_surveys.logic.reasons import weigh
from hypothesis import given
from hypothesis import strategies as st

answered = st.integers(0, 500)
counts = st.dictionaries(st.integers(1, 50), st.integers(0, 500), max_size=12)


@given(counts, answered, st.integers(5, 50))
def test_of_too_few_answers_nothing_is_told(chosen, count, minimum):
    chosen = {key: min(one, count) for key, one in chosen.items()}

    reasons = weigh(chosen, count, minimum)

    if count < minimum:
        assert reasons == []
    else:
        assert {one.key: one.count for one in reasons} == {
            key: one for key, one in chosen.items() if one
        }


@given(counts, st.integers(5, 500))
def test_most_often_chosen_come_first_and_a_share_lies_within_its_bounds(chosen, count):
    reasons = weigh({key: min(one, count) for key, one in chosen.items()}, count, 5)

    assert [one.count for one in reasons] == sorted((one.count for one in reasons), reverse=True)
    for one in reasons:
        assert 0 <= one.share.low <= one.share.value <= one.share.high <= 100
        assert abs(one.share.value - 100 * one.count / count) < 1e-9
