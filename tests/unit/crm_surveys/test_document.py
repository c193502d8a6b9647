"""What a document says."""

from crm_surveys.logic.document import DocumentFacts
from hypothesis import given
from hypothesis import strategies as st

IDS = st.one_of(st.none(), st.integers(0, 9))


@given(IDS, IDS, IDS)
def test_only_what_is_known_is_said(partner, user, team):
    known = DocumentFacts(partner_id=partner, user_id=user, team_id=team).known()

    assert all(known.values())
    assert known.get("partner_id") == (partner or None)
