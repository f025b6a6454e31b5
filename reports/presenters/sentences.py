"""What a result says before its chart, and in its small print."""

from reports.presenters.phrases import full_date, listed, number, percent, plural, within
from scoring.payload import Agreement, SectionShown, SnapshotPayload
from surveys.models import Survey, SurveyUnit

AGREE: dict[Agreement, str] = {
    "very strong": "We agree very strongly on it.",
    "strong": "We agree strongly on it.",
    "moderate": "We agree moderately on it.",
    "weak": "We agree only weakly on it.",
    "none": "We do not agree on it.",
}

# A sentence names so many sections at most, then it counts them.
MOST_NAMED = 3


def lead_sentences(payload: SnapshotPayload) -> tuple[tuple[str, str], ...]:
    """Up to three sentences, each with the words that stand out; a rule that fails is silent."""
    if payload["tier"] not in ("figures", "small", "joint"):
        return ()
    return tuple(
        sentence
        for sentence in (_highest(payload), _relatively_low(payload), _many_cant_say(payload))
        if sentence
    )


def _highest(payload: SnapshotPayload) -> tuple[str, str] | None:
    means = [section["mean"] for section in payload["sections"] if section["mean"] is not None]
    if not means or min(means) == max(means):
        return None
    top = [section for section in payload["sections"] if section["mean"] == max(means)]
    said = f"{listed([within(section['title']) for section in top])}, {max(means):.1f}."
    agreement = top[0]["agreement"]
    if len(top) == 1 and agreement:
        said += f" {AGREE[agreement]}"
    return "Highest:", said


def _relatively_low(payload: SnapshotPayload) -> tuple[str, str] | None:
    low = [_with_mean(section) for section in payload["sections"] if section["relatively_low"]]
    if not low:
        return None
    return "Relatively low:", f"{listed(low)}. Low against our own other sections."


def _with_mean(section: SectionShown) -> str:
    title = within(section["title"])
    return title if section["mean"] is None else f"{title}, {section['mean']:.1f}"


def _many_cant_say(payload: SnapshotPayload) -> tuple[str, str] | None:
    many = [section for section in payload["sections"] if section["cant_say_leads"]]
    if not many:
        return None
    if len(many) > MOST_NAMED:
        where = f"on {number(len(many))} of our {number(len(payload['sections']))} sections"
    else:
        where = listed([_share_on(section) for section in many])
    return (
        "Many can’t say:",
        f"{where}. That is a finding too: ask what people have been told.",
    )


def _share_on(section: SectionShown) -> str:
    share = section["cant_say"]
    return f"{'' if share is None else percent(share) + ' '}on {within(section['title'])}"


def small_group(payload: SnapshotPayload) -> tuple[str, str] | None:
    """Why a small group's page says less than others, before anything else."""
    answered = payload["answered"]
    match payload["tier"]:
        case "small":
            return (
                "A small group: we show each section’s mean and say the rest in words.",
                f"With {answered} answers one person moves a score a lot, and too much detail "
                "could point at someone. So there are no ranges, no agreement and no scores for "
                "single statements. From 11 answers there would be.",
            )
        case "words":
            return (
                "A very small group: we show each section in words, without figures.",
                f"With {answered} answers a figure would say too much about single people. "
                "From 7 answers there would be the mean of each section.",
            )
        case "joint":
            return (
                "One sheet, agreed by the team.",
                "The team scored each statement together, aloud. So there are no ranges, no "
                "agreement and no counts: each score is what you settled on.",
            )
        case _:
            return None


def caution(payload: SnapshotPayload) -> str:
    """How many did not answer, where that is many."""
    if payload["answered"] is None or payload["headcount"] is None:
        return ""
    silent = plural(payload["headcount"] - payload["answered"], "person", "people")
    if payload["caution"] == "indicative":
        return f"Indicative only: {silent} did not answer. They may see it differently."
    if payload["caution"] == "caution":
        return f"Caution: {silent} did not answer. They may see it differently."
    return ""


def chart_heading(payload: SnapshotPayload) -> str:
    """`Our seven sections, beside our leaders’ view`."""
    heading = f"Our {number(len(payload['sections']))} sections"
    return f"{heading}, beside our leaders’ view" if payload["leaders"] else heading


def chart_intro(payload: SnapshotPayload, survey: Survey) -> str:
    """Who is in the chart, and what must not be made of it."""
    who = (
        f"{payload['answered']} of {payload['headcount']} on the ward"
        if payload["tier"] != "joint"
        else "The team’s one sheet"
    )
    leaders = payload["leaders"]
    if not leaders:
        return f"{who}."
    said = f"{who} and {plural(leaders['n'], 'leader')}."
    if survey.ward_edition_id == survey.leaders_edition_id:
        return f"{said} Compare the two by eye; we take no difference."
    return (
        f"{said} The leaders’ statements are worded for leaders, so compare the two by eye; "
        "we take no difference."
    )


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
    sheet = "joint sheet" if payload["tier"] == "joint" else "ward sheet"
    first = [
        f"{payload['instrument']} version {payload['version']}",
        f"{sheet}: {edition}, {'' if payload['tier'] == 'joint' else n}"
        f"closed {full_date(survey_unit.closes_at)}",
    ]
    if payload["leaders"]:
        first.append(
            f"leaders’ sheet: {within(survey.leaders_edition.name)}, "
            f"{plural(payload['leaders']['n'], 'leader')}, named by consent"
        )
    scale = payload["scale"]
    ends = (f"{scale['min']}, {within(scale['labels'][0])},", within(scale["labels"][-1]))
    return (
        " · ".join(first),
        f"Scores run from {ends[0]} to {scale['max']}, {ends[1]}. "
        f"“I can’t say” and blanks are never counted as {scale['min']}.",
    )
