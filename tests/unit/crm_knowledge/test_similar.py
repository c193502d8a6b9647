"""Whether two articles say the same."""

from crm_knowledge.logic import similar
from hypothesis import given
from hypothesis import strategies as st

TEXTS = st.text(alphabet="ab яё 1\n", max_size=60)


def same(word):
    return {word}


class TestSimilar:
    def test_the_same_words_in_another_order_are_one_title(self):
        assert similar.share_titles("Return of goods", "goods of return", same) == 1

    def test_a_title_with_one_word_of_two_is_half_as_much(self):
        assert similar.share_titles("late parcel", "late invoice", same) == 0.5

    def test_words_everybody_uses_say_nothing(self):
        assert similar.share_titles("How to pay", "How to return", same) == 0

    def test_a_part_of_a_text_is_the_text(self):
        text = "put the invoice into the parcel and bring it to the post"
        assert similar.share_texts(text, f"Well: {text}. Then wait for the money.") == 1

    def test_a_text_that_is_begun_is_like_nothing(self):
        assert similar.share_texts("put the invoice", "put the invoice into the parcel") == 0

    @given(TEXTS, TEXTS, TEXTS, TEXTS)
    def test_likeness_is_a_share_and_the_same_from_both_sides(self, title, text, other, others):
        there = similar.likeness(title, text, other, others, same)
        back = similar.likeness(other, others, title, text, same)

        assert 0 <= there <= 1
        assert abs(there - back) < 1e-9 or len(text) == len(others)
