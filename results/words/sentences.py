"""What a result says before its chart, and in its small print."""

from organisations.words import dates
from results.words.phrases import capital, full_date, plural, within
from scoring.models import Snapshot
from scoring.rules.payload import SnapshotPayload, reason_sentence
from surveys.models import SurveyUnit
from surveys.rules.form_kind import FormKind

LEADERS_AGREED = "The leaders agreed one form together."


def who_answered(payload: SnapshotPayload) -> tuple[str, str]:
    """`14 of 22`, and the rest of the sentence."""
    count = sum(len(section["items"]) for section in payload["sections"])
    leaders = payload["leaders"]
    each = leaders is not None and not leaders["together"]
    also = f" and {plural(leaders['n'], 'leader')}" if leaders and each else ""
    agreed = f" {LEADERS_AGREED}" if leaders and not each else ""
    if payload["tier"] == "joint":
        people = plural(payload["headcount"] or 0, "person", "people")
        rest = f" in the team answered {count} statements together, on one form."
        return people, f"{rest} {capital(also[5:])} answered too." if each else rest + agreed
    if payload["answered"] is None:
        return "", ""
    known = payload["headcount"]
    answered = f"{payload['answered']} of {known}" if known else f"{payload['answered']}"
    return answered, f" staff{also} answered {count} statements.{agreed}"


def who_did_not(payload: SnapshotPayload) -> str:
    """How many did not answer, where that is many: below 60%, and with a warning below 40%."""
    answered, known = payload["answered"], payload["headcount"]
    if payload["caution"] is None or answered is None or known is None:
        return ""
    said = f"{known - answered} staff did not answer. They may see it differently."
    return f"This is a rough guide only: {said}" if payload["caution"] == "indicative" else said


def no_result(unit: SurveyUnit) -> tuple[str, str]:
    """That there is no result, and why; no number below the minimum."""
    if unit.mode == FormKind.JOINT:
        return (
            "No result this time. The joint form was not sent.",
            f"The survey closed on {dates.day(unit.closes_at)} before the team sent its form.",
        )
    k = unit.minimum_group
    first = unit.survey.closes_at if unit.extended else unit.closes_at
    said = f"Fewer than {k} of {unit.headcount} staff had answered by {dates.day(first)}."
    if unit.extended:
        said += f" We kept the survey open for 7 more days. It was still fewer than {k}."
    return "No result this time. We deleted the answers unopened.", said


def below_k_print(payload: SnapshotPayload) -> str:
    """Version, edition and the promise that was kept, where there is no result."""
    label = payload["edition"]["label"]
    return " · ".join(
        [
            f"{payload['instrument']} version {payload['version']}",
            within(payload["edition"]["name"]) + (f" ({label})" if label else ""),
            f"{payload['headcount']} staff, minimum {payload['k']}",
        ]
    )


def small_print(payload: SnapshotPayload, survey_unit: SurveyUnit) -> tuple[str, ...]:
    """Version, editions, n, dates, scale: what must stay with the page when it is printed."""
    survey = survey_unit.survey
    label = payload["edition"]["label"]
    edition = within(payload["edition"]["name"]) + (f" ({label})" if label else "")
    n = f"{payload['answered']} of {payload['headcount']} answered, "
    sheet = "joint form" if payload["tier"] == "joint" else "staff form"
    first = [
        f"{payload['instrument']} version {payload['version']}",
        f"{sheet}: {edition}, {'' if payload['tier'] == 'joint' else n}"
        f"closed {full_date(survey_unit.closes_at)}",
    ]
    if payload["leaders"]:
        who = f"{plural(payload['leaders']['n'], 'leader')}, in their own names"
        if payload["leaders"]["together"]:
            who = "one form that the leaders agreed together"
        first.append(f"leaders’ form: {within(survey.leaders_edition.name)}, {who}")
    scale = payload["scale"]
    ends = (f"{scale['min']}, {within(scale['labels'][0])},", within(scale["labels"][-1]))
    return (
        " · ".join(first),
        f"Scores run from {ends[0]} to {scale['max']}, {ends[1]}. "
        f"“I can’t say” and blanks are never counted as {scale['min']}.",
    )


def correction_of(snapshot: Snapshot) -> str:
    """When and why this replaces an earlier release."""
    if snapshot.number == 1:
        return ""
    reason = snapshot.reason.rstrip(".")
    kept = snapshot.payload["kept"]
    said = f"Corrected on {full_date(snapshot.released_at)}, because: {reason}."
    return f"{said} {reason_sentence(kept)} The earlier figures stay." if kept else said
