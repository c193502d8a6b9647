"""Words with a typo, made by rule: what fingers do on a keyboard, one mistake in each word."""

import random
from collections import Counter

from odoo.addons.crm_knowledge.logic.stop_words import STOP_WORDS
from odoo.addons.crm_knowledge.logic.words import words

KEYS = {
    "en": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "ru": ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
}
LETTERS = 5  # of a word that gets a typo, at least
TEXTS = 3  # in which it stands, at least: what stands once is a typo itself now and then


def make_typos(bodies, language, count):
    """Return pairs of a typo and the word that was meant, which stands in the texts.

    Kinds of mistakes take turns. A typo that is another word of the texts is none.
    """
    known = Counter(word for body in bodies for word in {one.text for one in words(body)})
    letters = set("".join(KEYS[language]))
    fit = sorted(
        word
        for word, texts in known.items()
        if texts >= TEXTS
        and len(word) >= LETTERS
        and letters.issuperset(word)
        and word not in STOP_WORDS
    )
    random_ = random.Random(1)
    pairs = []
    for number, word in enumerate(random_.sample(fit, len(fit))):
        typed = MISTAKES[number % len(MISTAKES)](word, language, random_)
        if typed not in known:
            pairs.append((typed, word))
    return pairs[:count]


def _swap(word, _language, random_):
    """Two neighbors that changed places."""
    places = [place for place in range(len(word) - 1) if word[place] != word[place + 1]]
    place = random_.choice(places)
    return f"{word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}"


def _drop(word, _language, random_):
    """A letter that is missing."""
    place = random_.randrange(len(word))
    return word[:place] + word[place + 1 :]


def _double(word, _language, random_):
    """A letter that was hit twice."""
    place = random_.randrange(len(word))
    return word[: place + 1] + word[place:]


def _beside(word, language, random_):
    """The key beside the right one."""
    place = random_.randrange(len(word))
    return word[:place] + _neighbor(word[place], language, random_) + word[place + 1 :]


def _both(word, language, random_):
    """The key beside the right one, hit with it."""
    place = random_.randrange(len(word))
    return word[:place] + _neighbor(word[place], language, random_) + word[place:]


def _neighbor(letter, language, random_):
    """Return a letter whose key is beside that of a letter."""
    row = next(row for row in KEYS[language] if letter in row)
    place = row.index(letter)
    return random_.choice(row[max(0, place - 1) : place] + row[place + 1 : place + 2])


MISTAKES = (_swap, _drop, _double, _beside, _both)
