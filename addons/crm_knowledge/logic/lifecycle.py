"""The life of an article: who may do what with it, in which state.

``judge`` is the one place where this is decided; forms ask it which buttons to show, writing and
buttons ask it again.
"""

from __future__ import annotations

from dataclasses import dataclass

DRAFT, IN_REVIEW, PUBLISHED, TO_VERIFY = STATES = ("draft", "in_review", "published", "to_verify")
#: States in which everybody with access reads the article.
IN_FORCE = frozenset({PUBLISHED, TO_VERIFY})

OWNER, REVIEWER, FOUR_EYES = REVIEWS = ("owner", "reviewer", "four_eyes")

SUBMIT, TAKE_BACK, SEND_BACK, PUBLISH = "submit", "take_back", "send_back", "publish"
VERIFY, DOUBT, EDIT, REVISE = "verify", "doubt", "edit", "revise"
SET_UP, ARCHIVE = "set_up", "archive"

#: What leads from which states to which; the last four leave the state as it is.
MOVES: dict[str, tuple[frozenset[str], str | None]] = {
    SUBMIT: (frozenset({DRAFT}), IN_REVIEW),
    TAKE_BACK: (frozenset({IN_REVIEW}), DRAFT),
    SEND_BACK: (frozenset({IN_REVIEW}), DRAFT),
    PUBLISH: (frozenset({DRAFT, IN_REVIEW}), PUBLISHED),
    VERIFY: (IN_FORCE, PUBLISHED),
    DOUBT: (frozenset({PUBLISHED}), TO_VERIFY),
    EDIT: (frozenset(STATES), None),
    REVISE: (IN_FORCE, None),
    SET_UP: (frozenset(STATES), None),  # category, owner, readers: all but the text
    ARCHIVE: (frozenset(STATES), None),
}
DEEDS = tuple(MOVES)

# why not
WRONG_STATE, NOT_YOURS, NOT_ALONE, NEEDS_REVISION = (
    "wrong_state",
    "not_yours",
    "not_alone",
    "needs_revision",
)


@dataclass(frozen=True)
class Case:
    """What matters about an article: its state, and what its category asks for."""

    state: str
    review: str = REVIEWER


@dataclass(frozen=True)
class Person:
    """What a person is to an article."""

    is_owner: bool = False  # responsible for it
    is_writer: bool = False  # changed its text since it was published last
    is_reviewer: bool = False  # named for its category, or an editor where nobody is named
    is_editor: bool = False  # works on all articles


def judge(deed: str, case: Case, person: Person) -> str | None:
    """Return why the person may not do the deed, or nothing when it is allowed."""
    sources, _target = MOVES[deed]
    if case.state not in sources:
        return WRONG_STATE
    if deed == PUBLISH:
        return _judge_publishing(case, person)
    if deed == EDIT and case.state in IN_FORCE:
        return _judge_editing_in_force(case, person)
    return None if _is_concerned(deed, case, person) else NOT_YOURS


def _judge_publishing(case: Case, person: Person) -> str | None:
    """Publish: the owner where the category trusts him, else a reviewer; never alone."""
    if case.review == OWNER and (person.is_owner or person.is_reviewer):
        return None
    if not person.is_reviewer:
        return NOT_YOURS
    if case.review == FOUR_EYES and person.is_writer:
        return NOT_ALONE
    return None


def _judge_editing_in_force(case: Case, person: Person) -> str | None:
    """Change what readers see at once: only where nobody else has to approve it."""
    at_once = person.is_reviewer or (person.is_owner and case.review == OWNER)
    if case.review != FOUR_EYES and at_once:
        return None
    return NEEDS_REVISION


def _is_concerned(deed: str, case: Case, person: Person) -> bool:
    """Whether the deed is the person's business."""
    writes = person.is_owner or person.is_writer
    if deed == REVISE:
        return True
    if deed == EDIT and case.state == IN_REVIEW:
        return person.is_reviewer  # the others take it back first: a reviewed text stands still
    if deed == TAKE_BACK:
        return writes
    if deed == SEND_BACK:
        return person.is_reviewer
    if deed in (VERIFY, DOUBT):
        return person.is_owner or person.is_reviewer
    if deed in (SET_UP, ARCHIVE) and case.state in IN_FORCE:
        return person.is_reviewer or (person.is_owner and case.review == OWNER)
    return writes or person.is_reviewer or (person.is_editor and deed in (EDIT, SET_UP))


def target(deed: str, state: str) -> str:
    """Return the state a deed leads to."""
    return MOVES[deed][1] or state


def allowed(case: Case, person: Person) -> frozenset[str]:
    """Return all deeds the person may do."""
    return frozenset(deed for deed in DEEDS if judge(deed, case, person) is None)
