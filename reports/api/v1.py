"""Version 1: organisations, units, surveys, snapshots, figures, initiatives and actions."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from initiatives.access import actions_for, initiatives_for
from initiatives.models import Initiative
from organisations.access import units_for
from organisations.models import AccessToken, Organisation, Role, Unit
from reports.api import problems, schemas
from reports.api.paging import Cursor, Key, Limit, Page, page
from reports.api.tokens import Token, TooMany, reader
from reports.presenters.figures import figures
from results import access
from scoring.models import Snapshot
from surveys.access import asked_units_for, surveys_for
from surveys.models import Survey

Scope = AccessToken.Scope
# One item by the names of its fields; the schemas check it on the way out.
Row = dict[str, object]


class Api(NinjaAPI):
    """Describes its refusals as what they are: application/problem+json."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The library's description, with the content type of refusals put right."""
        schema = super().get_openapi_schema(**options)
        for address in schema["paths"].values():
            for status, answer in address["get"]["responses"].items():
                if status != 200 and "content" in answer:
                    kinds = answer["content"]
                    kinds[problems.CONTENT_TYPE] = kinds.pop("application/json")
        return schema


api = Api(
    title="FFIT",
    version="1",
    description="Read-only. Released figures only; nobody's answers are anywhere in it.",
    urls_namespace="api-1",
    auth=Token(),
    docs_url=None,
)
api.add_exception_handler(TooMany, problems.read_too_much)
api.add_exception_handler(AuthenticationError, problems.no_token)
api.add_exception_handler(PermissionDenied, problems.not_allowed)
api.add_exception_handler(Http404, problems.not_found)
api.add_exception_handler(ValidationError, problems.not_understood)
REFUSED = dict.fromkeys((400, 401, 403, 404, 422, 429), problems.Problem)
IN = "/organisations/{slug}"


@api.get("/organisations", response={200: schemas.Listed[schemas.OrganisationOut], **REFUSED})
def organisations(request: HttpRequest) -> Page[Organisation]:
    """The organisation of the token."""
    token: AccessToken = request.auth  # type: ignore[attr-defined]
    return {"items": [token.organisation], "next": None}


@api.get(f"{IN}/units", response={200: schemas.Listed[schemas.UnitOut], **REFUSED})
def units(request: HttpRequest, slug: str, cursor: Cursor = 0, limit: Limit = 100) -> Page[Unit]:
    """Units within the holder's reach, closed ones too."""
    who = reader(request, slug, Scope.UNITS)
    found = units_for(user=who.user, organisation=who.organisation, roles=tuple(Role))
    rows = list(found.filter(pk__gt=cursor).order_by("pk")[: limit + 1])
    return page(request, rows, limit=limit, key=lambda unit: unit.pk, shown=lambda unit: unit)


@api.get(f"{IN}/surveys", response={200: schemas.Listed[schemas.SurveyOut], **REFUSED})
def surveys(request: HttpRequest, slug: str, cursor: Cursor = 0, limit: Limit = 50) -> Page[Row]:
    """Surveys that ask a unit within reach."""
    who = reader(request, slug, Scope.SURVEYS)
    found = surveys_for(user=who.user, organisation=who.organisation).filter(pk__gt=cursor)
    rows = list(found.order_by("pk")[: limit + 1])
    asked = asked_units_for(user=who.user, organisation=who.organisation, surveys=rows)

    def shown(survey: Survey) -> Row:
        return {
            "id": survey.pk,
            "title": survey.title,
            "initiative_id": survey.initiative_id,
            "state": survey.state,
            "opens_at": survey.opens_at,
            "closes_at": survey.closes_at,
            "result_at": survey.result_at,
            "units": asked.get(survey.pk, []),
        }

    return page(request, rows, limit=limit, key=lambda survey: survey.pk, shown=shown)


def _snapshot(snapshot: Snapshot) -> Row:
    unit = snapshot.survey_unit
    return {
        "id": snapshot.pk,
        "survey_unit_id": unit.pk,
        "survey_id": unit.survey_id,
        "unit_id": unit.unit_id,
        "unit_name": unit.unit_name,
        "number": snapshot.number,
        "released_at": snapshot.released_at,
        "corrected_because": snapshot.reason,
        "payload": snapshot.payload,
    }


def _figures(snapshot: Snapshot) -> list[Row]:
    unit = snapshot.survey_unit
    about = {
        "survey_unit_id": unit.pk,
        "unit_name": unit.unit_name,
        "survey": unit.survey.title,
        "released_at": snapshot.released_at,
    }
    return [
        {
            **about,
            "level": figure.level,
            "code": figure.code,
            "text": figure.text,
            "measure": figure.measure,
            "option": figure.option,
            "value": figure.value,
            "people": figure.n,
            "why_not_shown": figure.withheld,
        }
        for figure in figures(snapshot.payload)
    ]


@api.get(f"{IN}/snapshots", response={200: schemas.Listed[schemas.SnapshotOut], **REFUSED})
def snapshots(request: HttpRequest, slug: str, cursor: Cursor = 0, limit: Limit = 20) -> Page[Row]:
    """The latest snapshot of each result that the holder may read."""
    who = reader(request, slug, Scope.RESULTS)
    rows = access.latest_snapshots(
        organisation=who.organisation,
        memberships=who.memberships,
        after=cursor,
        limit=limit + 1,
    )
    return page(request, rows, limit=limit, key=lambda one: one.survey_unit_id, shown=_snapshot)


@api.get(f"{IN}/snapshots/{{survey_unit_id}}", response={200: schemas.SnapshotOut, **REFUSED})
def snapshot(request: HttpRequest, slug: str, survey_unit_id: Key) -> Row:
    """The latest snapshot of one unit in one survey."""
    who = reader(request, slug, Scope.RESULTS)
    found = access.result_for(
        organisation=who.organisation,
        memberships=who.memberships,
        survey_unit_id=survey_unit_id,
    )
    if found.snapshot is None:
        raise Http404
    return _snapshot(found.snapshot)


@api.get(f"{IN}/figures", response={200: schemas.Figures, **REFUSED})
def figure_rows(request: HttpRequest, slug: str, cursor: Cursor = 0, limit: Limit = 5) -> Row:
    """The same as flat rows, for tables: `limit` counts results, each of some 400 rows."""
    who = reader(request, slug, Scope.RESULTS)
    rows = access.latest_snapshots(
        organisation=who.organisation,
        memberships=who.memberships,
        after=cursor,
        limit=limit + 1,
    )
    created = page(request, rows, limit=limit, key=lambda one: one.survey_unit_id, shown=_figures)
    rows_of_all = [row for several in created["items"] for row in several]
    said = dict.fromkeys(row.payload["notice"] for row in rows[:limit])
    notices = [notice for notice in said if notice]
    return {"items": rows_of_all, "next": created["next"], "notices": notices}


@api.get(f"{IN}/initiatives", response={200: schemas.Listed[schemas.InitiativeOut], **REFUSED})
def initiatives(
    request: HttpRequest, slug: str, cursor: Cursor = 0, limit: Limit = 100
) -> Page[Initiative]:
    """Improvements that concern a unit within reach."""
    who = reader(request, slug, Scope.IMPROVEMENTS)
    found = initiatives_for(user=who.user, organisation=who.organisation)
    rows = list(found.filter(pk__gt=cursor).order_by("pk")[: limit + 1])
    return page(request, rows, limit=limit, key=lambda one: one.pk, shown=lambda one: one)


@api.get(f"{IN}/actions", response={200: schemas.Listed[schemas.ActionOut], **REFUSED})
def actions(request: HttpRequest, slug: str, cursor: Cursor = 0, limit: Limit = 100) -> Page[Row]:
    """Actions of units within reach."""
    who = reader(request, slug, Scope.IMPROVEMENTS)
    found = actions_for(user=who.user, organisation=who.organisation)
    rows = list(found.filter(pk__gt=cursor).order_by("pk")[: limit + 1])
    return page(
        request,
        rows,
        limit=limit,
        key=lambda one: one.pk,
        shown=lambda one: {
            "id": one.pk,
            "initiative_id": one.initiative_id,
            "unit_id": one.unit_id,
            "survey_unit_id": one.result,
            "priority": one.priority.title if one.priority else "",
            "is_promise": one.is_promise,
            "what": one.what,
            "who": one.owner,
            "due_on": one.due_on,
            "state": one.state,
            "outcome": one.outcome,
        },
    )
