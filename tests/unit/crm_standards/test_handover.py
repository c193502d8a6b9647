"""Distribution of a person's work, by examples and by properties."""

from itertools import permutations

from crm_standards.logic.handover import ONE, TEAM, TURN, Item, distribute, overall
from hypothesis import given
from hypothesis import strategies as st

RECEIVERS = st.lists(st.integers(1, 6), unique=True, max_size=4)
RULES = st.sampled_from([ONE, TEAM, TURN])
MEMBERS = st.dictionaries(st.integers(1, 3), st.frozensets(st.integers(1, 6)), max_size=3)


@st.composite
def works(draw):
    """Leads, and tasks on some of them."""
    customers = st.none() | st.integers(1, 4)
    leads = [
        Item("lead", number, draw(st.none() | st.integers(1, 3)), None, draw(customers))
        for number in range(draw(st.integers(0, 8)))
    ]
    anchors = st.none() | st.sampled_from([lead.key for lead in leads] or [("lead", 99)])
    tasks = [Item("task", number, None, draw(anchors)) for number in range(draw(st.integers(0, 8)))]
    return draw(st.permutations(leads + tasks))


@given(works(), RECEIVERS, RULES, MEMBERS)
def test_every_item_goes_to_exactly_one_of_the_receivers(items, receivers, rule, members):
    found = distribute(items, receivers, rule, members)

    assert found.keys() == ({item.key for item in items} if receivers else set())
    assert set(found.values()) <= set(receivers)


@given(works(), RECEIVERS, RULES, MEMBERS)
def test_a_task_goes_where_its_lead_goes(items, receivers, rule, members):
    found = distribute(items, receivers, rule, members)

    for item in items:
        if item.anchor in found:
            assert found[item.key] == found[item.anchor]


@given(works(), RECEIVERS, MEMBERS)
def test_customer_has_one_receiver_unless_teams_decide(items, receivers, members):
    found = distribute(items, receivers, TURN, members)

    keepers = {}
    for item in items:
        if item.customer_id and item.key in found:
            assert keepers.setdefault(item.customer_id, found[item.key]) == found[item.key]


@given(st.integers(0, 40), st.lists(st.integers(1, 9), min_size=1, max_size=5, unique=True))
def test_turn_is_fair_where_nothing_belongs_together(count, receivers):
    found = distribute([Item("lead", n) for n in range(count)], receivers, TURN, {})

    loads = [list(found.values()).count(user) for user in receivers]
    assert max(loads) - min(loads) <= 1


@given(works(), RECEIVERS, MEMBERS)
def test_team_gets_its_own_where_it_has_a_receiver(items, receivers, members):
    found = distribute(items, receivers, TEAM, members)

    for item in items:
        colleagues = members.get(item.team_id, frozenset()) & set(receivers)
        if colleagues and item.anchor not in found:
            assert found[item.key] in colleagues


def test_one_takes_all_even_if_several_are_named():
    found = distribute([Item("lead", 1), Item("lead", 2)], [7, 8], ONE, {})

    assert set(found.values()) == {7}


@given(st.lists(st.sampled_from(["offered", "accepted", "declined", "done"]), max_size=4))
def test_state_does_not_depend_on_the_order_of_answers(answers):
    assert len({overall(order) for order in permutations(answers)}) == 1


def test_one_refusal_does_not_undo_what_others_took():
    assert overall(["done", "declined"]) == "done"
    assert overall(["declined", "declined"]) == "declined"
    assert overall(["done", "offered"]) == "offered"
    assert overall(["done", "accepted"]) == "accepted"
