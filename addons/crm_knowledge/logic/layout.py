"""Words typed with the keyboard set to the other language: ghbdtn is привет, куагтв is refund."""

from __future__ import annotations

from .words import is_cyrillic

# The same keys in the order of the American and of the Russian keyboard.
KEYS_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
KEYS_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
SHIFTED_LATIN = 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~'
TO_RUSSIAN = str.maketrans(KEYS_LATIN + SHIFTED_LATIN, KEYS_RUSSIAN + KEYS_RUSSIAN.upper())
TO_LATIN = str.maketrans(KEYS_RUSSIAN + KEYS_RUSSIAN.upper(), KEYS_LATIN + SHIFTED_LATIN)
MIN_LETTERS = 3  # of a word that is looked at: what is shorter would be anything


def switched(chunk: str) -> str:
    """Return what the same keys give in the other layout; nothing where that cannot be a word.

    A chunk is what stands between two spaces: б, ю, ж, э, х, ъ and ё are signs on the other side.
    """
    other = chunk.translate(TO_LATIN if is_cyrillic(chunk.lower()) else TO_RUSSIAN)
    letters = sum(sign.isalpha() for sign in other)
    if other == chunk or letters < MIN_LETTERS or letters < len(other.rstrip("?!.")):
        return ""
    return other
