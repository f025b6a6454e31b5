"""What an earlier survey lends to the launch page when it is asked again."""

from dataclasses import dataclass

from surveys.models import Contact, NamedResponse, Survey, SurveyUnit
from surveys.rules.form_kind import FormKind


@dataclass(frozen=True, slots=True)
class Repeated:
    """A survey with its units, the leaders who were invited (users, and bare addresses), and each
    survey unit's staff: e-mail, mobile, name, language, works nights.
    """

    survey: Survey
    units: list[SurveyUnit]
    leaders: tuple[int, ...]
    leader_emails: tuple[str, ...]
    staff: dict[int, list[tuple[str, ...]]]


def repeated_of(survey: Survey, units: list[SurveyUnit]) -> Repeated:
    """Two queries; addresses that were erased meanwhile are not there."""
    forms = list(NamedResponse.objects.filter(survey_unit__in=units, kind=FormKind.LEADERS))
    staff: dict[int, list[tuple[str, ...]]] = {}
    for key, email, mobile, name, language, nights in (
        Contact.objects.filter(survey_unit__in=units)
        .order_by("email", "mobile")
        .values_list("survey_unit", "email", "mobile", "name", "language", "works_nights")
    ):
        row = (email, mobile, name, language, "yes" if nights else "")
        staff.setdefault(key, []).append(row)
    return Repeated(
        survey=survey,
        units=units,
        leaders=tuple(one.user_id for one in forms if one.user_id is not None),
        leader_emails=tuple(sorted({one.email for one in forms if not one.user_id and one.email})),
        staff=staff,
    )
