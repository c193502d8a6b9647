"""Forms from the internet and their files, by examples and by properties."""

import pytest
from crm_complaints.logic.form_guard import (
    SAFE_TYPES,
    Attempt,
    Fault,
    Limits,
    Upload,
    UploadLimits,
    Verdict,
    find_fault,
    get_ending,
    judge,
)
from hypothesis import given
from hypothesis import strategies as st

LIMITS = Limits(of_address=3, of_mailbox=2, of_all=10, seconds_least=3)
FILES = UploadLimits(count=2, size=100, together=150)
COUNTS = st.integers(0, 20)
SAFE = st.sampled_from([(kind, end) for kind, ends in SAFE_TYPES.items() for end in ends])


@pytest.mark.parametrize(
    ("attempt", "expected"),
    [
        (Attempt(10), Verdict.ACCEPT),
        (Attempt(10, of_address=2, of_mailbox=1, of_all=9), Verdict.ACCEPT),
        (Attempt(10, of_address=3), Verdict.REFUSE),
        (Attempt(10, of_mailbox=2), Verdict.REFUSE),
        (Attempt(10, of_all=10), Verdict.REFUSE),
        (Attempt(1), Verdict.SUSPECT),
        (Attempt(10, is_bait_taken=True), Verdict.SUSPECT),
        (Attempt(1, is_bait_taken=True, of_all=10), Verdict.REFUSE),
    ],
)
def test_examples(attempt, expected):
    assert judge(attempt, LIMITS) == expected


@given(st.booleans(), st.floats(0, 100), COUNTS, COUNTS, COUNTS)
def test_a_flood_is_refused_whatever_else_it_is(bait, seconds, address, mailbox, total):
    verdict = judge(Attempt(seconds, bait, address, mailbox, total), LIMITS)

    assert (verdict == Verdict.REFUSE) == (address >= 3 or mailbox >= 2 or total >= 10)


@given(st.floats(3, 10**6))
def test_a_person_who_takes_the_time_is_accepted(seconds):
    assert judge(Attempt(seconds), LIMITS) == Verdict.ACCEPT


@pytest.mark.parametrize(
    ("uploads", "fault"),
    [
        ([], None),
        ([("a.pdf", 100, "application/pdf")], None),
        ([("a.PDF", 1, "application/pdf")], None),
        ([("a.pdf", 1, "application/pdf")] * 3, Fault.MANY),
        ([("a.pdf", 0, "application/pdf")], Fault.EMPTY),
        ([("a.pdf", 101, "application/pdf")], Fault.BIG),
        ([("a.pdf", 100, "application/pdf"), ("b.png", 51, "image/png")], Fault.BIG_TOGETHER),
        ([("a.svg", 1, "image/svg+xml")], Fault.TYPE),
        ([("a.html", 1, "text/html")], Fault.TYPE),
        ([("a.pdf", 1, "text/html")], Fault.TYPE),
        ([("a.html", 1, "text/plain")], Fault.TYPE),
        ([("a.pdf.exe", 1, "application/pdf")], Fault.TYPE),
        ([("pdf", 1, "application/pdf")], Fault.TYPE),
    ],
)
def test_files(uploads, fault):
    found = find_fault([Upload(*upload) for upload in uploads], FILES)

    assert (found and found[0]) == fault


@given(SAFE, st.integers(1, 100))
def test_a_single_safe_file_within_the_size_is_taken(kind, size):
    mimetype, ending = kind

    assert find_fault([Upload(f"x.{ending}", size, mimetype)], FILES) is None


@given(st.text(max_size=20), st.text(max_size=20))
def test_what_is_not_named_as_safe_is_never_taken(name, mimetype):
    found = find_fault([Upload(name, 1, mimetype)], FILES)

    assert (found is None) == (get_ending(name) in SAFE_TYPES.get(mimetype, ()))


@given(st.lists(st.integers(1, 100), max_size=4))
def test_nothing_beyond_the_limits_is_taken(sizes):
    uploads = [Upload("a.png", size, "image/png") for size in sizes]

    if find_fault(uploads, FILES) is None:
        assert len(sizes) <= 2 and sum(sizes) <= 150
