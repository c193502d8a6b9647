"""The classes that each kind of method brings along, the best first.

Data: a manager renames them and says what to do with their customers, in his own words.
"""

from __future__ import annotations

from typing import NamedTuple

from odoo.tools.translate import LazyGettext, LazyTranslate

from ...logic import abc, bcg, rfm, xyz

_lt = LazyTranslate(__name__)

GREEN, RED, ORANGE, YELLOW, BLUE = 10, 1, 2, 3, 4


class StandardClass(NamedTuple):
    """A class as it is before anybody has touched it; letters are the same in all languages."""

    code: str
    name: str | LazyGettext
    color: int
    advice: LazyGettext | None = None


#: Who bought nothing at all leaves all methods but BCG, which looks further back.
NOTHING = StandardClass(
    abc.NOTHING,
    _lt("Taken back"),
    RED,
    _lt("Nothing remains of what they bought: find out why."),
)
STOPPED = StandardClass(bcg.NOTHING, _lt("No turnover"), RED, _lt("Find out why they stopped."))

STANDARD_CLASSES = {
    "abc": (
        StandardClass(abc.A, "A", GREEN, _lt("Keep them: a manager of their own, regular visits.")),
        StandardClass(abc.B, "B", YELLOW, _lt("Develop them: what do they buy elsewhere?")),
        StandardClass(abc.C, "C", BLUE, _lt("Serve them with little effort.")),
        NOTHING,
    ),
    "xyz": (
        StandardClass(xyz.X, "X", GREEN, _lt("Buys evenly: plan stock and visits ahead.")),
        StandardClass(xyz.Y, "Y", YELLOW, _lt("Buys with ups and downs: ask for plans.")),
        StandardClass(xyz.Z, "Z", ORANGE, _lt("Buys now and then: react to inquiries.")),
        StandardClass(xyz.NEW, _lt("New"), BLUE, _lt("Not judged yet: win their trust.")),
        NOTHING,
    ),
    "bcg": (
        StandardClass(bcg.STAR, _lt("Star"), GREEN, _lt("Invest: they bring much, and ever more.")),
        StandardClass(
            bcg.COW, _lt("Cash cow"), YELLOW, _lt("Hold: they bring much without growing.")
        ),
        StandardClass(
            bcg.QUESTION, _lt("Question mark"), BLUE, _lt("Look closer: can they be large?")
        ),
        StandardClass(bcg.DOG, _lt("Dog"), ORANGE, _lt("Little effort, or a fresh start.")),
        STOPPED,
    ),
    "rfm": (
        StandardClass(
            rfm.CHAMPION, _lt("Champion"), GREEN, _lt("Reward them, ask for references.")
        ),
        StandardClass(rfm.LOYAL, _lt("Loyal"), GREEN, _lt("Offer more of the range.")),
        StandardClass(rfm.PROMISING, _lt("Promising"), BLUE, _lt("Bring them to a second order.")),
        StandardClass(rfm.ATTENTION, _lt("Needs attention"), YELLOW, _lt("Remind them of you.")),
        StandardClass(rfm.RISK, _lt("At risk"), ORANGE, _lt("Call now: they used to buy much.")),
        StandardClass(rfm.LOST, _lt("Almost lost"), RED, _lt("One last offer.")),
        NOTHING,
    ),
    "domain": (StandardClass("in", _lt("Meets the condition"), BLUE),),
}
