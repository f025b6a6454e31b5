"""Every address x every role x another organisation, as `tests/access_matrix.py` says.

Over 300 lines: one world has one of everything that an address can name.

An address that is missing there fails the first test.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from debriefs.models import Attachment, Choice, Debrief, Note
from initiatives.actions.plan import add_action, add_priority, settle_priorities
from initiatives.actions.register import commit_units
from initiatives.actions.suggestions import add_suggestion
from initiatives.models import (
    Commitment,
    DepartmentRequest,
    Idea,
    Measure,
    Priority,
    Review,
    SmallTest,
)
from instruments.actions.draft import new_instrument
from instruments.models import Version
from organisations.models import AccessToken, Department, Membership, Organisation, Role, Unit, User
from responses.models import Screening
from results.models import ContextNote
from surveys.models import Contact, Message, StaffImport, SurveyUnit
from tests.access_matrix import MATRIX, Line
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    SurveyFactory,
    SurveyUnitFactory,
    UnitFactory,
    published_ffit,
)
from tests.styles import unstyled

PART = re.compile(r"<(?:(\w+):)?(\w+)>")
DUE = date(2026, 12, 1)
# Django writes these; tests/organisations/test_operators.py tries them.
OPERATORS = "operators/"


def routes(patterns: Iterable[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def all_routes() -> set[str]:
    found = set(routes(get_resolver().url_patterns))
    return {route for route in found if not route.startswith(OPERATORS)}


def test_every_address_has_a_line_in_the_matrix_and_every_line_an_address() -> None:
    assert all_routes() - MATRIX.keys() == set()
    assert MATRIX.keys() - all_routes() == set()


@dataclass
class World:
    """An organisation with one of everything that an address can name."""

    organisation: Organisation
    ids: dict[str, object]
    ward: Unit
    other_ward: Unit

    def member(self, role: Role, unit: Unit | None) -> Client:
        whole = role in {Role.ADMINISTRATOR, Role.EDITOR, Role.REVIEWER}
        return visitor(
            MembershipFactory.create(
                organisation=self.organisation, role=role, unit=None if whole else unit
            ).user
        )

    def address(self, route: str, **other: object) -> str:
        values = {**self.ids, **other}
        kind = "section_id" if "/stem/" in route else "item_id"
        values.setdefault("row_id", values[kind])
        return "/" + PART.sub(lambda part: str(values[part[2]]), route)


def visitor(user: User | None = None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def world(version: Version) -> World:
    organisation = OrganisationFactory.create()
    ward, other = (UnitFactory.create(organisation=organisation) for _ in range(2))
    held: Membership = MembershipFactory.create(organisation=organisation, unit=ward)
    MembershipFactory.create(organisation=organisation, user=held.user, role=Role.LEAD)
    survey = SurveyFactory.create(organisation=organisation, version=version, launched_by=held.user)
    asked = SurveyUnitFactory.create(survey=survey, unit=ward)
    commit_units(initiative=survey.initiative, units=[ward])
    here = Commitment.objects.get(initiative=survey.initiative, unit=ward)
    Screening.objects.create(survey_unit=asked)
    Message.objects.create(
        survey=survey,
        survey_unit=asked,
        step=Message.Step.REMINDER_1,
        due_at=survey.closes_at,
    )
    token = AccessToken.objects.create(
        user=held.user,
        organisation=organisation,
        name="Power BI",
        token_hash=organisation.slug.encode(),
        expires_at=survey.closes_at,
    )
    draft = new_instrument(
        organisation=organisation,
        code="own",
        title="Our own",
        minimum=0,
        labels=("No", "Yes"),
        by=held.user,
    )
    edition = draft.editions.get()
    suggestion = add_suggestion(
        organisation=organisation,
        title="Ask each shift",
        what="Ask every shift for one idea.",
        achieves="Ideas come from nights too.",
        tasks=["1.5"],
        source="Ward 9",
        by=held.user,
    )
    review = Review.objects.create(
        initiative=survey.initiative,
        decision=Review.Decision.CONTINUE,
        reason="It works.",
        reviewer=held.user,
        reply_by=DUE,
    )
    review.units.add(ward)
    ids = {
        "slug": organisation.slug,
        "unit_id": ward.pk,
        "user_id": held.user_id,
        "membership_id": held.pk,
        "survey_id": survey.pk,
        "survey_unit_id": asked.pk,
        "initiative_id": survey.initiative_id,
        "review_id": review.pk,
        "number": 1,
        **counted_and_tried(here, held.user),
        "department_id": Department.objects.create(
            organisation=organisation, name="Estates", email="estates@ward.example"
        ).pk,
        "message_id": Message.objects.create(
            survey=survey,
            survey_unit=asked,
            step=Message.Step.INVITATION,
            state=Message.State.FAILED,
            due_at=survey.opens_at,
        ).pk,
        "contact_id": Contact.objects.create(survey_unit=asked, email="ann@ward.example").pk,
        "import_id": StaffImport.objects.create(
            survey=survey,
            units=[asked.pk],
            number=2,
            key="one",
            asked_by=held.user,
            asked_at=survey.opens_at,
        ).pk,
        "version_id": draft.pk,
        "section_id": draft.sections.get().pk,
        "item_id": draft.items.get().pk,
        "edition_id": edition.pk,
        "translation_id": edition.translations.get().pk,
        "suggestion_id": suggestion.pk,
        **talk(asked, held.user),
        "stage": "rules",
        "word": "stop",
        "step": Message.Step.REMINDER_1,
        "sheet": "ward",
        "wording": "invitation",
        "credential": asked.answer_code,
        "token": "1-unknown",
        "ward_page_code": asked.ward_page_code,
        "code": asked.ward_page_code,
        "kind": "wall",
        "section_code": "ENV",
        "token_id": token.pk,
        "device_id": 1,
    }
    return World(organisation, ids, ward, other)


def counted_and_tried(here: Commitment, by: User) -> dict[str, object]:
    """A measure, a small test, an idea and a request on a unit."""
    on = {"initiative": here.initiative, "unit": here.unit, "added_by": by}
    measure = Measure.objects.create(name="Falls", every="week", better="less", **on)
    test = SmallTest.objects.create(number=1, what="One bay", expects="Fewer", until=DUE, **on)
    idea = Idea.objects.create(unit=here.unit, words="Quieter bins", shown_on=DUE)
    asked = DepartmentRequest.objects.create(
        initiative=here.initiative, unit=here.unit, whom="Estates", needs="A trolley",
        answer_by=DUE, asked_by=by,
    )  # fmt: skip
    return {
        "measure_id": measure.pk,
        "test_id": test.pk,
        "idea_id": idea.pk,
        "request_id": asked.pk,
    }


def talk(asked: SurveyUnit, by: User) -> dict[str, object]:
    """A debrief that goes on, with one of everything in it."""
    debrief = Debrief.objects.create(survey_unit=asked, name="Day team", started_by=by)
    priority = add_priority(
        initiative=asked.survey.initiative,
        unit=asked.unit,
        result=asked.pk,
        title="Ask each shift",
        needs_help=False,
        help_from="",
        code="ENV07",
        wording="feel encouraged?",
        figure="2.2",
        n=13,
        link="/",
        by=by,
    )
    action = add_action(
        priority=priority, what="Ask", owner="Sister", due_on=date(2026, 12, 1), by=by
    )
    # It was in the plan before.
    Choice.objects.create(priority=priority)
    settle_priorities(Priority.objects.all())
    choice = Choice.objects.create(debrief=debrief, priority=priority)
    note = Note.objects.create(debrief=debrief, step="fits", text="We said so.")
    picture = Attachment.objects.create(
        debrief=debrief, caption="Ours", kind="image/png", width=1, height=1, content=b"1"
    )
    return {
        "debrief_id": debrief.pk,
        "priority_id": priority.pk,
        "action_id": action.pk,
        "choice_id": choice.pk,
        "note_id": note.pk,
        "attachment_id": picture.pk,
        "context_note_id": ContextNote.objects.create(
            unit=asked.unit, day=date(2026, 5, 1), text="We moved.", written_by=by
        ).pk,
    }


def answer(
    client: Client, method: str, address: str, posted: dict[str, object] | None = None
) -> str:
    """The status, or `sign in`; whatever the request changed is taken back.

    A page that came loads the sheet of each class it names.
    """
    before = transaction.savepoint()
    response = getattr(client, method.lower())(address, posted)
    transaction.savepoint_rollback(before)
    if response.status_code == 302 and response["Location"].startswith("/account/login?"):
        return "sign in"
    if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
        missing = unstyled(response.content.decode())
        assert not missing, f"{address}: {sorted(missing)} in no sheet that the page names"
    return str(response.status_code)


@pytest.fixture
def ours(db: None) -> World:
    return world(published_ffit())


@pytest.fixture
def theirs(ours: World) -> World:
    return world(Version.objects.get(state=Version.State.PUBLISHED))


def wanted(line: Line, who: str, role: Role | None, *, in_scope: bool = True) -> set[str]:
    allowed = {str(status) for status in line.answers}
    if line.public:
        return allowed
    if who == "anonymous":
        return {"sign in"}
    if not line.in_organisation:
        return allowed
    if who == "stranger":
        return {"404"}
    if role not in line.roles or (line.reach and not in_scope):
        return {"403"}
    return allowed


def group_of(route: str) -> str:
    """`o/<slug:slug>/units`, `account`, `w`: a test for each may run beside the others."""
    parts = route.rstrip("/").split("/")
    return "/".join(parts[:3]) if parts[0] == "o" else "outside organisations"


@pytest.mark.parametrize("group", sorted({group_of(route) for route in MATRIX}))
def test_each_address_lets_in_whom_the_matrix_says(group: str, ours: World, theirs: World) -> None:
    visitors: list[tuple[str, Role | None, bool, Client]] = [
        ("anonymous", None, False, visitor()),
        ("stranger", None, False, theirs.member(Role.ADMINISTRATOR, None)),
        *((f"{role} of the unit", role, True, ours.member(role, ours.ward)) for role in Role),
        (
            "manager of another unit",
            Role.MANAGER,
            False,
            ours.member(Role.MANAGER, ours.other_ward),
        ),
        ("lead of another unit", Role.LEAD, False, ours.member(Role.LEAD, ours.other_ward)),
    ]
    wrong = []
    for route, line in MATRIX.items():
        if group_of(route) != group:
            continue
        for who, role, in_scope, client in visitors:
            posted = {field: ours.ids[name] for field, name in line.posts}
            got = answer(client, line.method, ours.address(route), posted)
            expected = wanted(line, who, role, in_scope=in_scope)
            if got not in expected:
                wrong.append(f"{line.method} {route}, {who}: {got}, not {sorted(expected)}")
    assert not wrong, "\n".join(wrong)


def test_each_id_of_another_organisation_is_not_found(ours: World, theirs: World) -> None:
    members = {role: ours.member(role, None) for role in Role}
    wrong = []
    for route, line in MATRIX.items():
        if not line.in_organisation:
            continue
        no_ids = {"slug", "step", "sheet", "kind", "stage", "word", "wording", "number"}
        for name in {part[2] for part in PART.finditer(route)} - no_ids:
            foreign = theirs.ids[{"row_id": "item_id"}.get(name, name)]
            for role in line.roles:
                address = ours.address(route, **{name: foreign})
                got = answer(members[role], line.method, address)
                if got != "404":
                    wrong.append(f"{line.method} {route}, {name} of another, {role}: {got}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("number", ["0", "999999999999999999999999"])
def test_numbers_that_are_no_id_are_not_found(ours: World, number: str) -> None:
    members = {role: ours.member(role, None) for role in Role}
    wrong = []
    for route, line in MATRIX.items():
        names = {part[2] for part in PART.finditer(route) if part[1] == "int"}
        if not line.in_organisation or not names:
            continue
        address = ours.address(route, **dict.fromkeys(names, number))
        got = answer(members[line.roles[0]], line.method, address)
        if got != "404":
            wrong.append(f"{line.method} {route} with {number}: {got}")
    assert not wrong, "\n".join(wrong)


def test_an_address_that_takes_posts_alone_says_so_before_its_object(
    ours: World, theirs: World
) -> None:
    stranger = theirs.member(Role.ADMINISTRATOR, None)
    posted = [
        route for route, line in MATRIX.items() if line.in_organisation and line.method == "POST"
    ]
    assert len(posted) > 20
    answered = {route: stranger.get(ours.address(route)).status_code for route in posted}
    assert {route: status for route, status in answered.items() if status != 405} == {}
