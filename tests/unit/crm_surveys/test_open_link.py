"""How many answers are taken through the link of an open survey."""

from datetime import datetime, timedelta
from ipaddress import IPv6Address

from crm_surveys.logic.open_link import WINDOW, Limits, get_days, get_sender, is_too_many
from hypothesis import given
from hypothesis import strategies as st

counts = st.integers(0, 2000)


@given(counts, counts, counts, counts)
def test_a_limit_is_never_exceeded_and_zero_is_none(own, everybody, most_own, most):
    refused = is_too_many(own, everybody, Limits(most_own, most))

    assert refused == ((0 < most_own <= own) or (0 < most <= everybody))


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_a_network_of_ipv6_is_one_sender(one, other):
    network = 0x20010DB8 << 96

    assert get_sender(str(IPv6Address(network + one))) == get_sender(
        str(IPv6Address(network + other))
    )
    assert get_sender(str(IPv6Address(network + one + 2**64))) != get_sender(
        str(IPv6Address(network + one))
    )


def test_an_address_of_ipv4_is_a_sender_however_it_is_written():
    assert get_sender("192.0.2.1") == get_sender("::ffff:192.0.2.1") == "192.0.2.1"
    assert get_sender("192.0.2.1") != get_sender("192.0.2.2")


@given(st.text())
def test_whatever_stands_for_an_address_is_somebody(address):
    assert isinstance(get_sender(address), str)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),
    st.timedeltas(timedelta(0), WINDOW),
)
def test_no_answer_of_the_window_is_of_a_day_left_out(now, ago):
    assert (now - ago).date().isoformat() in get_days(now)
    assert get_days(now)[0] == now.date().isoformat()
