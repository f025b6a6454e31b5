"""What a unit's survey puts into the answer document: its own words, dates and codes."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from responses.exchange.calendar_file import Event
from responses.queries.answer_page import AnswerPage
from responses.words.answer_page import Language

TALK_MINUTES = 45

# A preview has no team page yet: its links stay on it.
NOWHERE = "#"


def ward_page_address(page: AnswerPage) -> str:
    """The ward's own page. The floor above serves it; it is printed on paper, so it stays."""
    return f"/w/{page.ward_page_code}"


def has_same_day_result(page: AnswerPage) -> bool:
    """True where the result comes on the day of closing."""
    zone = ZoneInfo(page.time_zone)
    result = page.result_at
    return (
        result is None or result.astimezone(zone).date() <= page.closes_at.astimezone(zone).date()
    )


def answer_values(page: AnswerPage, *, language: Language) -> dict[str, str]:
    """The words of a unit's survey by name, each on one line."""
    zone = ZoneInfo(page.time_zone)
    calendar = NOWHERE
    if page.ward_page_code:
        calendar = reverse("answer_calendar", args=[page.ward_page_code])
    values = {
        "title": page.title,
        "unit": page.unit_name,
        "problem": page.problem,
        "change": page.change,
        "name": page.name or page.unit_name,
        "k": str(page.minimum_group),
        "others": str(page.minimum_group - 1),
        "closes_ms": str(int(page.closes_at.timestamp() * 1000)),
        "ward_page": ward_page_address(page) if page.ward_page_code else NOWHERE,
        "calendar": calendar,
    }
    for name, moment in (
        ("closes", page.closes_at),
        ("result", page.result_at),
        ("talk", page.debrief_at),
    ):
        if moment is not None:
            local = moment.astimezone(zone)
            values[f"{name}_day"] = language.day(local)
            values[f"{name}_weekday"] = language.weekday(local)
            values[f"{name}_date"] = f"{language.weekday(local)} {language.day(local)}"
            values[f"{name}_time"] = language.clock(local)
    return {name: " ".join(value.split()) for name, value in values.items()}


def opening_words(page: AnswerPage, *, language: Language) -> str:
    """When it opens, in full: `Thursday 3 December, 10am`."""
    local = page.opens_at.astimezone(ZoneInfo(page.time_zone))
    return f"{language.weekday(local)} {language.day(local)}, {language.clock(local)}"


def calendar_event(page: AnswerPage, *, language: Language) -> Event:
    """The team talk; where none is set, the day of the result."""
    result_day = (page.result_at or page.closes_at).astimezone(ZoneInfo(page.time_zone)).date()
    address = settings.PUBLIC_URL + ward_page_address(page)
    summary = language.page["calendar_talk" if page.debrief_at else "calendar_result"]
    return Event(
        uid=f"{page.ward_page_code}@ffit",
        start=page.debrief_at or result_day,
        minutes=TALK_MINUTES,
        summary=summary.format(title=page.title),
        place=page.unit_name,
        description=language.page["calendar_text"].format(address=address),
        address=address,
    )
