"""What people type for a number, a day or a time: one strict reading for every form.

Each answers None for what it cannot read; the form says what to enter. Digits of other alphabets,
signs and powers are refused, however kindly Python would read them.
"""

import re
from datetime import date, time, timedelta
from decimal import Decimal

LONGEST_KEY = 18
# Nobody plans an action, a start or an answer further ahead: a later year is a slip.
FURTHEST_AHEAD = timedelta(days=730)
_WHOLE = re.compile(r"[0-9]{1,9}|[0-9]{1,3}(,[0-9]{3}){1,2}")
_SIGNED = re.compile(r"-?[0-9]{1,9}")
_DECIMAL = re.compile(r"[0-9]{1,9}([.][0-9]{1,9})?|[.][0-9]{1,9}")
_DAY = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"
    r"|(?P<d>[0-9]{1,2})[ ./-](?P<m>[0-9]{1,2}|[A-Za-z]{3,9})[ ./-](?P<y>[0-9]{4}|[0-9]{2})"
)
_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2})([:.](?P<minute>[0-9]{2}))? ?(?P<half>[ap][.]?m[.]?)?"
    r"|(?P<hours>[0-9]{2})(?P<minutes>[0-9]{2})"
)
_NAMED_TIMES = {"midday": time(12), "noon": time(12), "midnight": time(0)}
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)


def whole_number(text: str) -> int | None:
    """`12` or `1,200`: nine digits at most."""
    text = text.strip()
    return int(text.replace(",", "")) if _WHOLE.fullmatch(text) else None


def signed_number(text: str) -> int | None:
    """`-5`, for scales that begin below zero."""
    text = text.strip()
    return int(text) if _SIGNED.fullmatch(text) else None


def decimal_number(text: str) -> Decimal | None:
    """`2.5`."""
    text = text.strip()
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def key(text: str) -> int | None:
    """The key of a row as an address or a form names it; None for what no row can have."""
    is_key = text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY
    return int(text) if is_key else None


def month_number(text: str) -> int | None:
    """`11`, `Nov` or `November`; three letters are enough for every month."""
    text = text.strip().casefold()
    if text.isascii() and text.isdigit() and len(text) <= 2:
        return int(text) if 1 <= int(text) <= 12 else None
    if len(text) < 3:
        return None
    return next((n for n, name in enumerate(_MONTHS, 1) if name.startswith(text)), None)


def day_of(day: str, month: str, year: str) -> date | None:
    """The date of three boxes; a year of two digits is in this century."""
    on, which, in_year = whole_number(day), month_number(month), whole_number(year)
    if on is None or which is None or in_year is None or len(year.strip()) not in (2, 4):
        return None
    try:
        return date(in_year + 2000 if len(year.strip()) == 2 else in_year, which, on)
    except ValueError:
        return None


def day(text: str) -> date | None:
    """`30/11/2026`, `30 Nov 2026`, or `2026-11-30` as browsers' calendars send it."""
    found = _DAY.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    if found["year"]:
        return day_of(found["day"], found["month"], found["year"])
    return day_of(found["d"], found["m"], found["y"])


def clock(text: str) -> time | None:
    """`10:00`, `10.30`, `1030`, `10`, `9am`, `2:30pm`, `midday` or `midnight`."""
    text = " ".join(text.split()).casefold()
    if text in _NAMED_TIMES:
        return _NAMED_TIMES[text]
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour = int(found["hour"] or found["hours"])
    minute = int(found["minute"] or found["minutes"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"].startswith("p") else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
