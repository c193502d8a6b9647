"""What a mail is by its own words, by examples and by properties."""

from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from crm_complaints.logic.mail import (
    AUTOMATIC_REPLY,
    BOUNCE,
    LONGEST_WAY,
    MACHINE,
    automatic,
    identity,
    raw_headers,
    received_at,
)
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime(2026, 3, 2, 8)
NAMES = st.sampled_from(
    ["auto-submitted", "precedence", "x-auto-response-suppress", "content-type", "x-autoreply"]
)


@pytest.mark.parametrize(
    ("headers", "sender", "kind"),
    [
        ({}, "carla@example.com", None),
        ({"auto-submitted": "no"}, "carla@example.com", None),
        ({"auto-submitted": "No (a person)"}, "carla@example.com", None),
        ({"x-auto-response-suppress": "None"}, "carla@example.com", None),
        ({"precedence": "normal"}, "carla@example.com", None),
        ({"auto-submitted": "auto-replied; owner=x"}, "carla@example.com", AUTOMATIC_REPLY),
        ({"precedence": "auto_reply"}, "carla@example.com", AUTOMATIC_REPLY),
        ({"x-autoreply": "yes"}, "carla@example.com", AUTOMATIC_REPLY),
        ({"auto-submitted": "auto-generated"}, "shop@example.com", MACHINE),
        ({"precedence": "Bulk"}, "shop@example.com", MACHINE),
        ({"x-auto-response-suppress": "DR, OOF"}, "shop@example.com", MACHINE),
        ({}, "Mailer-Daemon@mx.example.com", BOUNCE),
        ({"return-path": "<>"}, "mx@example.com", BOUNCE),
        ({"content-type": "multipart/report; boundary=x"}, "mx@example.com", BOUNCE),
    ],
)
def test_who_wrote_a_mail(headers, sender, kind):
    assert automatic(headers, sender) == kind


@given(st.dictionaries(NAMES, st.text()), st.text())
def test_any_headers_get_an_answer(headers, sender):
    assert automatic(headers, sender) in {None, AUTOMATIC_REPLY, MACHINE, BOUNCE}


def test_the_stamp_of_our_own_server_comes_before_what_the_sender_says():
    stamps = ["Mon, 02 Mar 2026 08:30:00 +0100", "Sun, 01 Mar 2026 10:00:00 +0000"]

    assert received_at(stamps, NOW) == datetime(2026, 3, 2, 7, 30)


@pytest.mark.parametrize(
    "stamp",
    ["", "soon", "Fri, 01 Jan 2027 00:00:00 +0000", "Thu, 01 Jan 1970 00:00:00 +0000"],
)
def test_a_date_that_cannot_be_is_not_believed(stamp):
    assert received_at([stamp], NOW) == NOW


@given(st.lists(st.text() | st.datetimes().map(lambda d: d.strftime("%d %b %Y %H:%M:%S +0000"))))
def test_a_mail_never_comes_from_the_future_nor_from_long_ago(stamps):
    assert NOW - LONGEST_WAY <= received_at(stamps, NOW) <= NOW


@given(st.timedeltas(min_value=timedelta(0), max_value=LONGEST_WAY))
def test_a_believable_date_is_taken_to_the_second(way):
    date = (NOW - way).replace(microsecond=0)
    expected = date if date >= NOW - LONGEST_WAY else NOW

    assert received_at([date.strftime("%d %b %Y %H:%M:%S +0000")], NOW) == expected


def mail(message_id="<1@example.com>", body="Damaged", received=None):
    message = EmailMessage(policy=SMTP)
    if received:
        message["Received"] = received
    if message_id:
        message["Message-Id"] = message_id
    message["From"] = "carla@example.com"
    message["Subject"] = "Boxes"
    message.set_content(body)
    return message


def test_the_same_mail_is_the_same_by_whatever_way_it_came():
    direct, forwarded = mail(), mail(received="by mx.example.com; Mon, 2 Mar 2026 08:00:00 +0000")

    assert identity(direct) == identity(forwarded)


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1))
def test_another_text_under_the_same_message_id_is_another_mail(body):
    one, other = identity(mail(body="Damaged")), identity(mail(body=f"Lost {body}"))

    assert one.key == other.key
    assert one.content != other.content


def test_a_mail_without_message_id_is_known_by_its_content():
    first, same, other = (identity(mail(None, body)) for body in ("Damaged", "Damaged", "Lost"))

    assert first == same
    assert first.key != other.key


@given(st.binary())
def test_garbage_has_an_identity_and_headers_too(raw):
    message = message_from_bytes(raw, policy=SMTP)

    assert len(identity(message).key) == len(identity(message).content) == 64
    assert all(isinstance(value, str) for value in raw_headers(message).values())
