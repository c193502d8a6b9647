"""Weighing, choosing, mending and showing, by examples and by properties."""

from crm_knowledge.logic import plan, typo
from crm_knowledge.logic.query import read
from crm_knowledge.logic.ranking import STRONG_MARK, key, make_entry, rarity, roots
from crm_knowledge.logic.snippet import LENGTH, marks, snippet
from crm_knowledge.logic.words import plain_word
from hypothesis import given
from hypothesis import strategies as st

WORDS = st.text(alphabet="абвгд", min_size=1, max_size=8)


def letters(word):
    return {word}


def impact(entry, lexeme):
    number = key(lexeme)
    return entry.impacts[entry.keys.index(number)] if number in entry.keys else 0


def test_a_title_says_more_than_a_text():
    entry = make_entry({"A": "скидка", "C": "доставка товара на склад"}, letters)
    assert impact(entry, "скидка") > impact(entry, "доставка")


def test_a_word_says_less_in_a_long_text():
    short = make_entry({"C": "скидка для вас"}, letters)
    long = make_entry({"C": "скидка " + "другое слово " * 300}, letters)
    assert impact(short, "скидка") > impact(long, "скидка")


def test_a_word_that_says_much_is_found_first():
    entry = make_entry({"A": "скидка", "C": "доставка " + "другое слово " * 300}, letters)
    assert key(STRONG_MARK + "скидка") in entry.keys
    assert key(STRONG_MARK + "доставка") not in entry.keys


def test_words_of_one_root_gain_and_the_word_itself_gains_more():
    (group,) = read("отсутствие", letters).groups
    weighed = {one.key: one for one in plan.weigh((group,), {}, 100)}
    other = make_entry({"C": "отсутствовать"}, letters)

    assert [weighed[number].is_root for number in other.keys if number in weighed] == [True]
    (root,) = (one for one in weighed.values() if one.is_root)
    assert root.worth == plan.ROOT_WORTH * weighed[key("отсутствие")].worth


def test_a_root_lets_no_article_in():
    opened = doors("скидка клиент", скидка=90_000, клиент=50_000)
    inside = {number for door in opened for word in door for number in word}
    assert inside.isdisjoint(key(root) for root in roots(["скидка", "клиент"]))


def test_short_and_english_words_have_no_root():
    assert roots(["счет", "delivery", "#1234"]) == set()


def test_phrases_do_not_go_on_into_another_field():
    entry = make_entry({"A": "наши скидки", "B": "постоянным клиентам"}, letters)
    assert " скидки постоянным " not in entry.line


@given(st.lists(WORDS, max_size=60), st.lists(WORDS, max_size=60))
def test_an_entry_has_one_impact_for_each_lexeme(title, body):
    entry = make_entry({"A": " ".join(title), "C": " ".join(body)}, letters)

    assert len(entry.keys) == len(entry.impacts) == len(set(entry.keys))
    assert list(entry.keys) == sorted(entry.keys)
    assert all(-(2**31) <= number < 2**31 for number in entry.keys)
    assert all(value >= 1 for value in entry.impacts)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_rare_word_says_more(few, many, total):
    few, many = sorted((few, many))
    assert rarity(few, max(total, many)) >= rarity(many, max(total, many)) > 0


def doors(query, **counts):
    groups = read(query, letters).groups
    return plan.doors(groups, {key(word): count for word, count in counts.items()})


def test_rare_words_let_in_every_article_they_have():
    (door,) = doors("скидка филиал", скидка=30, филиал=20)

    assert [set(word) for word in door] == [{key("скидка"), key("филиал")}]


def test_a_common_word_lets_in_those_it_says_much_about():
    assert ((key(STRONG_MARK + "скидка"),),) in doors("скидка", скидка=90_000)


def test_common_words_let_in_those_that_have_several():
    opened = doors("скидка клиент", скидка=90_000, клиент=50_000)
    assert ((key("клиент"),), (key("скидка"),)) in opened


@given(st.dictionaries(WORDS, st.integers(0, 10**6), max_size=12))
def test_no_query_opens_more_than_a_few_doors(counts):
    opened = doors(" ".join(counts), **counts)

    assert len(opened) <= 12
    assert all(1 <= len(door) <= plan.DOOR_WORDS for door in opened)
    assert all(word for door in opened for word in door)


def test_typos_are_mended():
    known = [(word, 5) for word in ("скидка", "складка", "доставка", "поставка", "возврат")]
    cases = {"скидак": "скидка", "скитка": "скидка", "доствка": "доставка", "возрвтат": "возврат"}

    assert {typed: typo.closest(typed, known)[0] for typed in cases} == cases


def test_short_words_have_no_typos():
    assert typo.closest("как", [("кап", 9)]) == []


@given(WORDS, WORDS)
def test_the_distance_is_the_same_both_ways(one, other):
    assert typo.distance(one, other, 8) == typo.distance(other, one, 8)
    assert (typo.distance(one, other, 8) == 0) == (one == other)


@given(st.text(alphabet="абвг", min_size=6, max_size=8), st.data())
def test_words_two_changes_apart_share_a_rest(word, data):
    other = word
    for _change in range(2):
        place = data.draw(st.integers(0, len(other) - 1))
        other = other[:place] + data.draw(st.sampled_from(["", "д", "дж"])) + other[place + 1 :]
        other = other or "д"
    if typo.distance(word, other, 2) <= 2 and len(other) <= typo.PREFIX:
        assert typo.rests(word, 2) & typo.rests(other, 2)


def shown(text, *sought):
    def group_of(found):
        return 0 if set(sought) & set(found) else None

    found = marks(text, lambda written: group_of([plain_word(written)]), group_of)
    return snippet(text, found)


def test_a_snippet_is_around_what_was_found():
    piece = shown("начало " * 200 + "скидка клиенту" + " конец" * 200, "скидка")

    assert "<mark>скидка</mark> клиенту" in piece
    assert piece.startswith("…") and piece.endswith("…")
    assert len(piece) < LENGTH * 2


def test_a_snippet_escapes_everything_else():
    assert shown('<b>скидка</b> & "x"', "скидка") == (
        "&lt;b&gt;<mark>скидка</mark>&lt;/b&gt; &amp; &quot;x&quot;"
    )


@given(st.text(max_size=900), st.text(alphabet="<>&ab ", max_size=20))
def test_a_snippet_is_safe(text, word):
    piece = shown(text, *word.split(), "а")
    rest = piece.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in rest
    assert ">" not in rest
