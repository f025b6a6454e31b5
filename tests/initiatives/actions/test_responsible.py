"""Who is responsible, and so owns an improvement: nobody decides about what they own."""

from typing import Any

import pytest

from initiatives.access import holds
from initiatives.actions.responsible import Named, name_responsible
from initiatives.models import Initiative, Responsibility
from initiatives.queries.responsible import holders_of, owners_of, people_to_name
from organisations.models import AuditEntry, Membership, Role, User
from organisations.rules.refusal import Refused
from tests.factories import CommitmentFactory, MembershipFactory, UserFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative

pytestmark = pytest.mark.django_db
PART = Responsibility.Part


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def one(trust: Trust) -> Initiative:
    initiative: Initiative = an_initiative(trust)
    CommitmentFactory.create(initiative=initiative, unit=trust.ward_7)
    return initiative


def owners(one: Initiative) -> set[int]:
    return owners_of([one])[one.pk]


def name(trust: Trust, one: Initiative, **named: Any) -> None:
    said = {
        part: Named(user=who.pk) if isinstance(who, User) else Named(words=who)
        for part, who in named.items()
    }
    name_responsible(initiative=one, named=said, by=trust.lead)


def test_who_added_it_owns_it_until_a_lead_is_a_user(trust: Trust, one: Initiative) -> None:
    reviewer = trust.member(Role.REVIEWER)
    assert owners(one) == {trust.lead.pk, trust.manager.pk}
    name(trust, one, led_by="Therapy lead", sponsor=reviewer)
    assert owners(one) == {trust.lead.pk, trust.manager.pk, reviewer.pk}
    name(trust, one, led_by=reviewer, sponsor="")
    assert owners(one) == {reviewer.pk, trust.manager.pk}
    assert holders_of([one])[one.pk] == {reviewer.pk}


@pytest.mark.parametrize("part", ["led_by", "deputy", "sponsor"])
def test_each_part_makes_an_owner(trust: Trust, one: Initiative, part: str) -> None:
    who = trust.member(Role.REVIEWER)
    assert not holds(user=who, initiative=one)
    name(trust, one, **{part: who})
    assert holds(user=who, initiative=one)
    assert who.pk in owners(one)


def test_the_manager_of_exactly_a_unit_it_concerns_owns_it(trust: Trust, one: Initiative) -> None:
    above = trust.member(Role.MANAGER, trust.medicine)
    everywhere = trust.member(Role.MANAGER)
    beside = trust.member(Role.MANAGER, trust.ward_9)
    leads = trust.member(Role.LEAD, trust.ward_7)
    assert not owners(one) & {above.pk, everywhere.pk, beside.pk, leads.pk}
    CommitmentFactory.create(initiative=one, unit=trust.medicine)
    assert above.pk in owners(one)
    Membership.objects.filter(user=above).update(is_active=False)
    assert above.pk not in owners(one)


def test_others_improvements_own_themselves(trust: Trust, one: Initiative) -> None:
    """Many at once say the same as each alone."""
    who = trust.member(Role.REVIEWER)
    other = an_initiative(trust, title="Quieter nights")
    name(trust, other, led_by=who)
    assert owners_of([other]) == {other.pk: {who.pk}}
    assert owners_of([one, other]) == {one.pk: owners(one), other.pk: {who.pk}}


def test_all_owners_of_many_cost_one_statement(
    trust: Trust, one: Initiative, django_assert_num_queries: Any
) -> None:
    many = [one, *(an_initiative(trust) for _ in range(6))]
    with django_assert_num_queries(1):
        owners_of(many)
        assert owners_of([]) == {}


def test_naming_again_changes_nothing_and_the_trail_has_no_name(
    trust: Trust, one: Initiative
) -> None:
    who = trust.member(Role.REVIEWER)
    for _ in range(2):
        name(trust, one, led_by="Sister of nights", sponsor=who)
    assert [(str(row.part), str(row)) for row in one.responsibilities.all()] == [
        ("led_by", "Sister of nights"), ("sponsor", str(who)),
    ]  # fmt: skip
    entries = AuditEntry.objects.filter(action="responsibility changed").order_by("pk")
    assert [entry.detail for entry in entries] == [
        {"part": "led_by", "was": None, "now": None},
        {"part": "sponsor", "was": None, "now": who.pk},
    ]
    name(trust, one, led_by="")
    assert one.responsibilities.count() == 1


def test_nobody_from_elsewhere_or_without_a_role_is_named(trust: Trust, one: Initiative) -> None:
    left = trust.member(Role.REVIEWER)
    Membership.objects.filter(user=left).update(is_active=False)
    gone = trust.member(Role.REVIEWER, is_active=False)
    for who in (
        left,
        gone,
        trust.member(Role.EDITOR),
        UserFactory.create(),
        MembershipFactory.create().user,
    ):
        with pytest.raises(Refused, match="Choose a person from the list"):
            name(trust, one, deputy=who)
    assert not Responsibility.objects.exists()
    assert {person.user for person in people_to_name(trust.organisation)} == {
        trust.manager, trust.lead,
    }  # fmt: skip


def test_who_left_stays_named_until_somebody_else_is(trust: Trust, one: Initiative) -> None:
    who = trust.member(Role.LEAD)
    name(trust, one, led_by=who)
    Membership.objects.filter(user=who).update(is_active=False)
    name(trust, one, led_by=who, sponsor="Chief nurse")
    assert one.responsibilities.count() == 2
