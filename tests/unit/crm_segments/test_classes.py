"""ABC, XYZ, BCG and RFM, by examples and by properties."""

from datetime import date
from decimal import Decimal

import pytest
from crm_segments.logic import abc, bcg, rfm, xyz
from hypothesis import given
from hypothesis import strategies as st

AMOUNTS = st.decimals(-1000, 10000, places=2)
SUMS = st.dictionaries(st.integers(1, 50), AMOUNTS, min_size=1)
PERCENTS = st.decimals(1, 99, places=1)


def decimals(*values):
    return [Decimal(value) for value in values]


class TestAbc:
    def test_shares_make_classes(self):
        verdicts = abc.classify(dict(enumerate(decimals(800, 150, 50))), abc.Thresholds())

        assert [verdict.code for verdict in verdicts.values()] == ["A", "B", "C"]

    def test_one_customer_is_a(self):
        assert abc.classify({1: Decimal(1)}, abc.Thresholds())[1].code == abc.A

    def test_equal_customers_are_alike(self):
        verdicts = abc.classify(dict.fromkeys(range(10), Decimal(7)), abc.Thresholds())

        assert {verdict.code for verdict in verdicts.values()} == {abc.A}

    def test_what_is_taken_back_is_no_turnover(self):
        verdicts = abc.classify(dict(enumerate(decimals(10, 0, -5))), abc.Thresholds())

        assert [verdict.code for verdict in verdicts.values()] == ["A", "O", "O"]
        assert verdicts[0].share == 100

    def test_equal_customers_share_a_place_and_what_they_bring(self):
        verdicts = abc.classify(dict(enumerate(decimals(50, 20, 20, 10))), abc.Thresholds())

        assert [verdict.rank for verdict in verdicts.values()] == [1, 2, 2, 4]
        assert [verdict.running for verdict in verdicts.values()] == [50, 90, 90, 100]

    def test_nothing_at_all_has_no_shares(self):
        verdict = abc.classify({1: Decimal(0)}, abc.Thresholds())[1]

        assert (verdict.code, verdict.share) == (abc.NOTHING, None)

    @given(SUMS, PERCENTS)
    def test_more_is_never_worse(self, sums, percent):
        verdicts = abc.classify(sums, abc.Thresholds(percent, Decimal(100)))
        ordered = sorted(sums, key=lambda one: (-sums[one], abc.CODES.index(verdicts[one].code)))

        places = [abc.CODES.index(verdicts[one].code) for one in ordered]

        assert places == sorted(places)

    @given(SUMS, PERCENTS)
    def test_the_best_bring_their_part_and_no_more_than_needed(self, sums, percent):
        verdicts = abc.classify(sums, abc.Thresholds(percent, Decimal(100)))
        total = sum(amount for amount in sums.values() if amount > 0)
        best = [sums[one] for one, verdict in verdicts.items() if verdict.code == abc.A]

        if total:
            assert sum(best) * 100 >= percent * total
            assert sum(one for one in best if one > min(best)) * 100 < percent * total

    @pytest.mark.parametrize(("a", "b"), [(0, 95), (95, 80), (80, 80), (80, 101)])
    def test_thresholds_ascend(self, a, b):
        assert not abc.Thresholds(Decimal(a), Decimal(b)).is_sound


class TestXyz:
    thresholds = xyz.Thresholds()

    def judge(self, *sums, seasons=None):
        return xyz.classify(decimals(*sums), seasons, self.thresholds).code

    def test_equal_sums_are_even(self):
        assert self.judge(5, 5, 5) == xyz.X

    def test_ups_and_downs_are_in_between(self):
        assert self.judge(5, 10, 5, 10) == xyz.Y

    def test_one_large_purchase_is_irregular(self):
        assert self.judge(0, 0, 9, 0) == xyz.Z

    def test_new_customers_are_not_judged(self):
        assert self.judge(5, 5) == xyz.NEW

    def test_more_taken_back_than_bought_is_no_turnover(self):
        assert self.judge(5, -9, 3) == xyz.NOTHING

    def test_each_december_and_never_else_is_even(self):
        years = [*[0] * 11, 10] * 3

        assert self.judge(*years) == xyz.Z
        assert self.judge(*years, seasons=12) == xyz.X

    def test_a_season_seen_once_says_nothing(self):
        assert self.judge(*[0] * 11, 10, *[0] * 11, seasons=12) == xyz.Z

    @given(st.lists(st.decimals(0, 100, places=2), min_size=3, max_size=40), st.integers(2, 9))
    def test_size_does_not_matter(self, sums, times):
        larger = [amount * times for amount in sums]

        assert xyz.classify(sums, None, self.thresholds) == xyz.classify(
            larger, None, self.thresholds
        )

    @given(st.lists(st.decimals(0, 100, places=2), min_size=8, max_size=40))
    def test_seasons_never_make_anybody_more_irregular(self, sums):
        plain = xyz.classify(sums, None, self.thresholds)
        seasonal = xyz.classify(sums, 4, self.thresholds)

        if plain.variation_squared is not None:
            assert seasonal.variation_squared <= plain.variation_squared

    @given(st.lists(st.decimals(0, 100, places=2), min_size=8, max_size=40), st.integers(0, 3))
    def test_which_season_comes_first_does_not_matter(self, sums, first):
        assert xyz.classify(sums, 4, self.thresholds) == xyz.classify(
            sums, 4, self.thresholds, first
        )


class TestBcg:
    thresholds = bcg.Thresholds(Decimal(20), Decimal(10))

    @pytest.mark.parametrize(
        ("prior", "now", "code"),
        [
            (50, 55, bcg.STAR),
            (50, 54, bcg.COW),
            (0, 20, bcg.STAR),
            (0, 19, bcg.QUESTION),
            (30, 19, bcg.DOG),
            (30, 0, bcg.NOTHING),
            (30, -4, bcg.NOTHING),
            (-5, 19, bcg.QUESTION),
        ],
    )
    def test_share_and_growth_make_classes(self, prior, now, code):
        found = bcg.classify_one(Decimal(prior), Decimal(now), Decimal(100), self.thresholds)

        assert found == code

    def test_growth_from_nothing_is_no_number(self):
        assert bcg.classify({1: (Decimal(0), Decimal(5))}, self.thresholds)[1].growth is None

    @given(st.dictionaries(st.integers(1, 20), st.tuples(AMOUNTS, AMOUNTS), min_size=1))
    def test_shares_of_who_bought_are_the_whole(self, sums):
        shares = [
            verdict.share
            for verdict in bcg.classify(sums, self.thresholds).values()
            if verdict.code != bcg.NOTHING
        ]

        assert not shares or abs(sum(shares) - 100) < Decimal("1e-9")


class TestRfm:
    def habit(self, day, number, amount):
        return rfm.Habit(date(2026, 1, day), number, Decimal(amount))

    def test_the_best_in_all_is_a_champion(self):
        habits = {day: self.habit(day, day, day) for day in range(1, 6)}

        verdicts = rfm.classify(habits)

        assert [verdicts[one].score for one in habits] == [111, 222, 333, 444, 555]
        assert verdicts[5].code == rfm.CHAMPION
        assert verdicts[1].code == rfm.LOST

    def test_one_customer_is_in_the_middle(self):
        assert rfm.classify({1: self.habit(1, 1, 1)})[1].score == 333

    def test_nothing_left_after_refunds_is_no_turnover(self):
        verdict = rfm.classify({1: self.habit(1, 1, 0)})[1]

        assert (verdict.code, verdict.score) == (rfm.NOTHING, None)

    @given(st.lists(st.integers(0, 9), min_size=1, max_size=60))
    def test_fifths_keep_the_order_and_ties_together(self, values):
        fifths = dict(zip(values, rfm.fifths_of(values), strict=True))

        assert set(fifths.values()) <= {1, 2, 3, 4, 5}
        assert rfm.fifths_of(values) == [fifths[value] for value in values]
        assert [fifths[value] for value in sorted(fifths)] == sorted(fifths.values())

    @given(st.integers(1, 40))
    def test_different_values_fill_fifths_evenly(self, number):
        fifths = rfm.fifths_of(range(number * 5))

        assert [fifths.count(fifth) for fifth in range(1, 6)] == [number] * 5

    def test_each_mix_of_fifths_has_a_class(self):
        mixes = {
            rfm.classify_one(recency, frequency, money)
            for recency in range(1, 6)
            for frequency in range(1, 6)
            for money in range(1, 6)
        }

        assert mixes == set(rfm.CODES) - {rfm.NOTHING}


@pytest.mark.parametrize(
    ("thresholds", "is_sound"),
    [
        (abc.Thresholds(Decimal(80), Decimal(100)), True),
        (abc.Thresholds(Decimal(80), Decimal(80)), False),
        (abc.Thresholds(Decimal(0), Decimal(80)), False),
        (abc.Thresholds(Decimal(80), Decimal(101)), False),
        (xyz.Thresholds(Decimal(10), Decimal(20), 2), True),
        (xyz.Thresholds(Decimal(10), Decimal(20), 1), False),
        (xyz.Thresholds(Decimal(20), Decimal(20), 2), False),
        (xyz.Thresholds(Decimal(0), Decimal(20), 2), False),
        (bcg.Thresholds(Decimal(5), Decimal(-99)), True),
        (bcg.Thresholds(Decimal(5), Decimal(-100)), False),
        (bcg.Thresholds(Decimal(100), Decimal(0)), False),
        (bcg.Thresholds(Decimal(0), Decimal(0)), False),
    ],
)
def test_thresholds_ascend_and_leave_something_to_each_class(thresholds, is_sound):
    assert thresholds.is_sound == is_sound
