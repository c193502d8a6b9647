"""What our own mail server says about the sender of a mail."""

import pytest
from crm_complaints.logic.mail import is_forged
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("", False),
        ("mx.example.com; none", False),
        ("mx.example.com; dmarc=fail header.from=bank.example", True),
        ("mx.example.com; DMARC = Fail (p=none dis=none)", True),
        ("mx.example.com; spf=fail; dkim=fail", True),
        ("mx.example.com; spf=fail; dkim=none", True),
        ("mx.example.com; spf=fail; dkim=fail; dkim=pass", False),
        ("mx.example.com; spf=softfail; dkim=none", False),
        ("mx.example.com; spf=fail; dkim=fail; dmarc=pass", False),
        ("mx.example.com; (dmarc=fail) dmarc=pass", False),
        ("mx.example.com; arc=fail; x-dmarc=fail", False),
    ],
)
def test_findings(results, expected):
    assert is_forged(results) is expected


@given(st.text(max_size=200))
def test_whatever_stands_there_is_read_without_an_error(results):
    assert is_forged(results) in (True, False)
