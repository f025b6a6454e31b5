"""Audits of one unit: what the later one's snapshot says of change."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from fieldwork import counting
from instruments.actions.declare import declare_item
from instruments.actions.draft import copy_to_draft
from instruments.actions.publish_version import publish_version
from instruments.actions.wording import NewText, TextKey, save_together
from instruments.models import Version
from scoring import tasks
from scoring.models import Snapshot
from surveys.models import SurveyUnit
from tests.factories import SurveyFactory, UserFactory
from tests.responses.ballots import answer, open_unit
from tests.scoring.actions.test_publish import close

pytestmark = pytest.mark.django_db


def audit(
    before: SurveyUnit | None = None, *, people: int = 14, lean: int = 2, **fields: Any
) -> Any:
    """One more audit of the same unit, released; people lean to an option, a little apart."""
    if before is not None:
        SurveyUnit.objects.filter(pk=before.pk).update(
            closes_at=timezone.now() - timedelta(days=60)
        )
        same = {"organisation": before.survey.organisation, "initiative": before.survey.initiative}
        fields = {**same, **fields}
    survey = SurveyFactory.create(**fields)
    unit = open_unit(survey=survey, **({"unit": before.unit} if before else {}))
    random = Random(people + lean)
    for _ in range(people):
        mine = lean + random.choice((-1, 0, 0, 1))
        sheet = "".join(str(min(5, max(0, mine + random.choice((0, 0, 1))))) for _ in range(45))
        answer(unit, answers=sheet)
    close(unit, times=2)
    counting.sweep()
    tasks.sweep()
    return unit


def change_of(unit: SurveyUnit) -> Any:
    return Snapshot.objects.filter(survey_unit=unit).latest("number").payload.get("change")


def test_the_first_audit_has_nothing_to_compare_with() -> None:
    assert change_of(audit()) is None


def test_the_next_audit_says_a_word_for_each_section() -> None:
    first = audit(lean=1)
    second = audit(first, lean=3, version=first.survey.version)
    change = change_of(second)
    assert (change["since"], change["answered"], change["headcount"]) == (first.pk, 14, 22)
    assert {one["word"] for one in change["sections"]} == {"clear rise"}
    before = Snapshot.objects.get(survey_unit=first).payload["sections"][0]
    now = Snapshot.objects.get(survey_unit=second).payload["sections"][0]
    section = change["sections"][0]
    assert section["before"] == before["mean"]
    assert section["difference"] == round((now["mean"] or 0) - (before["mean"] or 0), 1)
    assert section["interval"][0] < section["difference"] < section["interval"][1]
    assert 0.2 < change["detectable"] < 2
    assert change["rounds"] == [first.pk]


def test_fewer_than_eleven_answers_are_too_few_to_tell() -> None:
    first = audit(people=9, lean=1)
    change = change_of(audit(first, lean=4, version=first.survey.version))
    assert {one["word"] for one in change["sections"]} == {"too few answers to tell"}
    assert {one["difference"] for one in change["sections"]} == {None}


def test_another_edition_is_never_compared() -> None:
    first = audit()
    version = first.survey.version
    verbatim = version.editions.get(is_verbatim=True)
    change = change_of(audit(first, version=version, ward_edition=verbatim))
    assert {one["withheld"] for one in change["sections"]} == {"other_wording"}
    assert {one["word"] for one in change["sections"]} == {None}
    assert change["rounds"] == []


@pytest.mark.parametrize("same", [True, False])
def test_a_changed_statement_is_compared_only_if_it_was_declared_the_same(same: bool) -> None:
    first = audit(lean=1)
    later = reworded(
        first.survey.version, "MSG01", same=same, organisation=first.survey.organisation
    )
    second = audit(
        first,
        lean=3,
        version=later,
        ward_edition=later.editions.get(is_verbatim=False),
        leaders_edition=later.editions.get(is_verbatim=True),
    )
    words = {one["code"]: (one["word"], one["withheld"]) for one in change_of(second)["sections"]}
    assert words.pop("MSG") == (("clear rise", None) if same else (None, "other_wording"))
    assert set(words.values()) == {("clear rise", None)}
    assert change_of(second)["rounds"] == ([first.pk] if same else [])


def reworded(version: Version, code: str, *, same: bool, organisation: Any) -> Version:
    by = UserFactory.create()
    draft = copy_to_draft(version=version, organisation=organisation, by=by)
    edition = draft.editions.get(is_verbatim=False)
    item = draft.items.get(code=code)
    seen = item.wordings.get(edition=edition, language=draft.language).text
    place = TextKey("text", item.pk, edition.pk, draft.language)
    save_together(version=draft, texts=[NewText(place, seen, "tell everybody?")], by=by)
    declare_item(item=item, edition=edition, same=same, by=by)
    publish_version(version=draft, by=by)
    return draft


def test_another_improvement_is_never_compared() -> None:
    first = audit(lean=1)
    other = SurveyFactory.create(organisation=first.survey.organisation).initiative
    change = change_of(audit(first, lean=3, version=first.survey.version, initiative=other))
    assert {one["withheld"] for one in change["sections"]} == {"other_wording"}
    assert (change["detectable"], change["rounds"]) == (None, [])


def test_a_round_below_k_is_passed_over() -> None:
    first = audit(lean=1)
    second = audit(first, people=3, version=first.survey.version)
    assert change_of(second) is None
    third = audit(second, lean=3, version=first.survey.version)
    assert change_of(third)["since"] == first.pk


def test_the_nearest_audit_of_the_same_improvement_is_compared_across_another() -> None:
    first = audit(lean=1)
    other = SurveyFactory.create(organisation=first.survey.organisation).initiative
    between = audit(first, lean=2, version=first.survey.version, initiative=other)
    third = audit(between, lean=3, version=first.survey.version, initiative=first.survey.initiative)
    change = change_of(third)
    assert change["since"] == first.pk
    assert {one["word"] for one in change["sections"]} == {"clear rise"}
