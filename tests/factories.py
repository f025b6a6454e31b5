"""Made-up organisations, people and surveys for tests, named by places and roles."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import post_generation

from initiatives.models import Action, Commitment, Initiative, Priority
from instruments.actions.draft import copy_to_draft
from instruments.actions.load_instrument import load_instrument
from instruments.actions.publish_version import publish_version
from instruments.actions.structure import leave_out
from instruments.models import Edition, Version
from organisations.models import Membership, Organisation, Role, Unit, User
from responses.models import Tally
from responses.rules.room import poster_room
from surveys.models import Survey, SurveyUnit
from tests.instruments.kept import published
from tests.instruments.shipped import shipped_ffit


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = Sequence(lambda n: f"Merrowfield Hospitals {n}")
    slug = Sequence(lambda n: f"merrowfield-{n}")
    # None, or tests of sending would depend on the hour at which they run.
    quiet_from = quiet_until = time(0)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = Sequence(lambda n: f"person{n}@merrowfield.example")
    password = "!"


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    organisation = SubFactory(OrganisationFactory)
    name = Sequence(lambda n: f"Ward {n}")
    posts = 22
    valid_from = date(2020, 1, 1)

    @classmethod
    def _create(cls, model_class: type[Unit], *args: Any, **kwargs: Any) -> Unit:
        unit = model_class(**kwargs)
        unit.save()
        unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
        unit.save(update_fields=["path"])
        return unit


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    organisation = SubFactory(OrganisationFactory)
    role = Role.MANAGER


class InitiativeFactory(DjangoModelFactory[Initiative]):
    class Meta:
        model = Initiative

    organisation = SubFactory(OrganisationFactory)
    title = "Fewer falls at night"
    problem = "Too many patients fall at night on the way to the toilet."
    change = "We offer help to the toilet at 10pm, 2am and 5am."
    added_by = SubFactory(UserFactory)


def published_ffit() -> Version:
    """The FFIT with its first front-line edition alone and our reading, without its Welsh."""
    shipped = shipped_ffit()
    former = tuple(one for one in shipped.editions if one.code == "front-line")
    text = replace(shipped, editions=former, translations=(), labels={})
    return published(lambda: load_instrument(text=text)[0])


def edition_without(code: str, organisation: Organisation | None = None) -> Edition:
    """The front-line edition of an own, published version that does not ask one statement."""
    by = UserFactory.create()
    draft = copy_to_draft(
        version=published_ffit(), organisation=organisation or OrganisationFactory.create(), by=by
    )
    edition = draft.editions.get(is_verbatim=False)
    leave_out(item=draft.items.get(code=code), edition=edition, left_out=True, by=by)
    publish_version(version=draft, by=by)
    return Edition.objects.select_related("version").get(pk=edition.pk)


class SurveyFactory(DjangoModelFactory[Survey]):
    """A survey that opened an hour ago and closes in ten days; has no units and no key yet."""

    class Meta:
        model = Survey

    organisation = SubFactory(OrganisationFactory)
    initiative = SubFactory(InitiativeFactory, organisation=SelfAttribute("..organisation"))
    version = LazyFunction(published_ffit)
    ward_edition = LazyAttribute(lambda o: o.version.editions.get(is_verbatim=False))
    leaders_edition = LazyAttribute(lambda o: o.version.editions.get(is_verbatim=True))
    state = Survey.State.OPEN
    title = SelfAttribute("initiative.title")
    problem = SelfAttribute("initiative.problem")
    change = SelfAttribute("initiative.change")
    opens_at = LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    closes_at = LazyAttribute(lambda o: o.opens_at + timedelta(days=10))
    reminder_days = LazyFunction(lambda: [4, 8])
    launched_by = SubFactory(UserFactory)


class SurveyUnitFactory(DjangoModelFactory[SurveyUnit]):
    """An open unit of 22 posts and k = 7, with tallies for QR and e-mail."""

    class Meta:
        model = SurveyUnit
        skip_postgeneration_save = True

    survey = SubFactory(SurveyFactory)
    unit = SubFactory(UnitFactory, organisation=SelfAttribute("..survey.organisation"))
    state = SurveyUnit.State.OPEN
    unit_name = SelfAttribute("unit.name")
    unit_path = SelfAttribute("unit.path")
    headcount = 22
    minimum_group = 7
    closes_at = SelfAttribute("survey.closes_at")
    answer_code = Sequence(lambda n: f"TEST{n:06d}".replace("0", "X").replace("1", "Y"))
    poster_room = LazyAttribute(
        lambda o: poster_room(posts=o.headcount, issued=0, minimum_group=o.minimum_group)
    )
    ward_page_code = Sequence(lambda n: f"ward-page-code-{n:08d}")

    @post_generation
    def commitment(self: SurveyUnit, create: bool, extracted: Any, **kwargs: Any) -> None:
        """As at a launch, the improvement is on the register for this unit."""
        if create:
            Commitment.objects.get_or_create(initiative=self.survey.initiative, unit=self.unit)

    @post_generation
    def tallies(self: SurveyUnit, create: bool, extracted: Any, **kwargs: Any) -> None:
        """One row per channel, open as the unit is."""
        for channel in ("qr", "email"):
            Tally.objects.create(
                survey_unit=self, channel=channel, open=self.state == SurveyUnit.State.OPEN
            )


class PriorityFactory(DjangoModelFactory[Priority]):
    """In the plan: its debrief has ended."""

    class Meta:
        model = Priority

    title = "Answer each idea"
    chosen_at = LazyFunction(timezone.now)


class ActionFactory(DjangoModelFactory[Action]):
    """In the plan of its priority; what is done or dropped was closed on its day."""

    class Meta:
        model = Action

    result = LazyAttribute(lambda one: one.priority.result)
    state = Action.State.PLANNED
    first_due_on = SelfAttribute("due_on")
    closed_on = LazyAttribute(lambda one: one.due_on if one.state in ("done", "dropped") else None)


class CommitmentFactory(DjangoModelFactory[Commitment]):
    """An improvement on a unit; what is active began in March."""

    class Meta:
        model = Commitment

    initiative = SubFactory(InitiativeFactory)
    state = SelfAttribute("initiative.state")
    begins_on = LazyAttribute(
        lambda one: date(2026, 3, 1) if one.state in ("active", "planned") else None
    )
