"""Who hears of a survey, and whose form a pasted address is: nobody who has left."""

import pytest

from organisations.models import Membership, User
from surveys.actions.distribution import Leader, invite_leaders
from surveys.models import NamedResponse, SurveyUnit
from surveys.queries.recipients import people_of
from tests.factories import MembershipFactory, SurveyUnitFactory

pytestmark = pytest.mark.django_db


def _leaves(user: User, how: str) -> None:
    if how == "deactivated":
        Membership.objects.filter(user=user).update(is_active=False)
    elif how == "account off":
        User.objects.filter(pk=user.pk).update(is_active=False)


def _manager_of(unit: SurveyUnit) -> User:
    user: User = MembershipFactory.create(
        organisation=unit.survey.organisation, unit=unit.unit
    ).user
    return user


@pytest.mark.parametrize(("how", "hears"), [("stays", 1), ("deactivated", 0), ("account off", 0)])
def test_only_who_is_here_hears_of_a_survey(how: str, hears: int) -> None:
    unit = SurveyUnitFactory.create()
    user = _manager_of(unit)
    _leaves(user, how)
    assert people_of(survey=unit.survey, units=[unit.unit]).count(user) == hears


@pytest.mark.parametrize("how", ["stays", "deactivated", "account off"])
def test_a_pasted_address_is_a_members_form_only_while_they_are_here(how: str) -> None:
    unit = SurveyUnitFactory.create()
    user = _manager_of(unit)
    _leaves(user, how)
    invite_leaders(survey_unit=unit, leaders=[Leader("", user.email)])
    assert NamedResponse.objects.get().user == (user if how == "stays" else None)
