"""Only a preview may stand in a frame, and only in one of ours."""

import pytest
from django.test import Client

from organisations.models import Role
from tests.factories import MembershipFactory, SurveyUnitFactory

pytestmark = pytest.mark.django_db


def test_a_preview_may_stand_in_a_frame_of_ours_and_nothing_else_in_any(client: Client) -> None:
    unit = SurveyUnitFactory.create()
    held = MembershipFactory.create(organisation=unit.survey.organisation, role=Role.MANAGER)
    client.force_login(held.user)
    base = f"/o/{unit.survey.organisation.slug}/surveys/{unit.survey_id}"
    framed = client.get(f"{base}/units/{unit.pk}/trial")
    assert framed.status_code == 200
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    for other in (f"{base}/", f"/q/{unit.answer_code}", "/privacy"):
        page = client.get(other)
        assert page.status_code == 200, other
        # The answer page has no byte to spare; its policy says the same to every browser.
        assert ("X-Frame-Options" in page) is not other.startswith("/q/")
        assert page.get("X-Frame-Options", "DENY") == "DENY"
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
