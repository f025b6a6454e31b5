"""E-mail addresses and mobile numbers in any line or cell, each with the name beside it.

One reader for staff lists, leaders and people: `"Smith, John" <j@x.example>; Bob 07700 900124`
gives two people, however they are numbered, quoted or ordered. No Django models here.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from organisations.rules.mobile import uk_mobile
from organisations.rules.plain_text import one_line, word_set

LONGEST_EMAIL = 254
# One sign of each kind for what keyboards and mail programs make of it.
_PLAIN = str.maketrans(
    dict.fromkeys("\u2019\u2018\u02bc\u00b4`\u2032\uff07", "'")
    | dict.fromkeys("“”„«»", '"')
    | {"\uff20": "@", "\uff0e": ".", "\u2039": "<", "\u203a": ">"}
    | {"\uff1c": "<", "\uff1e": ">", "\u2010": "-", "\u2011": "-"}
)
_OUTSIDE = r"\s<>()\[\]{}\",;:|/\\?@"
_EMAIL = re.compile(
    rf"(?:(?<![^{_OUTSIDE}])[^{_OUTSIDE}]{{1,200}}@+[^{_OUTSIDE}]*|@[^{_OUTSIDE}]+)"
    rf"(?:@[^{_OUTSIDE}]*)*(?:\?\S*)?"
)
# Nine digits after the 7, with a few signs between them; some type the letter O for the first 0.
_MOBILE = re.compile(
    r"(?<![\d+])(?:(?:\+|00)?44[\s().-]*(?:0[\s().-]*)?|\(?0|(?<![A-Za-z])[Oo])?"
    r"7(?:[\s().\-\u2013\u2010\u2011]*\d){9}"
    r"(?![\s().\-]?\d{1,4}(?!\d))(?!\d)"
)
_NUMBER = re.compile(r"\+?\(?\d[\d\s().\-\u2013\u2010\u2011]{4,}\d")
_NO_QUOTES = str.maketrans(dict.fromkeys('"“”„«»<>\u2039\u203a\uff1c\uff1e', " "))
_BETWEEN = re.compile(r"[;|\t]")
_LABELS = re.compile(
    r"=?\bhyperlink\s*\(|\]\(|\b(?:mailto|e-?mail(?: address)?|mail|mobile(?: (?:no|number))?|mob|"
    r"tel|phone|sms|text|to|cc|bcc|from|m|t|e|(?:full |first |last )?name|surname|forename)\s*[:.]",
    re.IGNORECASE,
)
_NUMBERING = re.compile(
    r"^\s*(?:\(?\d{1,4}[.):]|\(?(?:[a-z]|[ivx]{2,4})\)|\d{1,3} (?=[^\W\d])|\[\d[^\]]*\]|"
    r"[-*•·–—▪>►→✓✔#●○◦‣])\s*"
)
_ENDS = " \t,;:|/<>[]{}\"'*•·=–—-_.?&+"
# Words in small letters that may stand before an address, or behind it.
_BEFORE = word_set("and or mobile email mail tel phone work home")
# What is said of somebody and is nobody's name.
_REMARK = re.compile(
    r"\b(?:maternity|leave|leaver|left|retired|sick|sickness|secondment|absent|no longer)\b|"
    r"^(?:on|no|not|is|was|has|from|until|since|only|new|moved|please|do|use|works|working) [a-z]",
    re.IGNORECASE,
)
_SPELT_AT = re.compile(
    r"(?<!\S)(\S{1,200}?)(?:\s?[\[({]\s?at\s?[\])}]\s?|\sat\s(?=\S+\.\w))(\S+)", re.IGNORECASE
)
_BEHIND = _BEFORE | word_set("night nights day days works shift yes no welsh english cy en both")


@dataclass(slots=True)
class Entry:
    """One person in a line. `broken` is what should be an address and is none, `better` a guess.

    `numbers` are not mobiles; `rest` are words beside the name.
    """

    email: str = ""
    broken: str = ""
    better: str = ""
    name: str = ""
    mobiles: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


def is_email(text: str) -> bool:
    """An address that a message can go to."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return text.isascii() and len(text) <= LONGEST_EMAIL


def entries_in(text: str) -> list[Entry]:
    """Everybody in one line or cell; words without any address are one entry without one."""
    if "&" in text:
        text = html.unescape(text)
    # Lines inside a cell stay apart, and so do cells: both are joined by one of these signs.
    parts = [one_line(part) for part in re.split(r"[\t\n\r]", text)]
    if len(parts) > 1 and re.fullmatch(r"[0-9]{1,4}", parts[0]):
        del parts[0]  # a column of numbers
    pieces = _pieces("\t".join(_NUMBERING.sub("", part) for part in parts if part))
    kinds = {kind for kind, _ in pieces}
    anchor = "email" if "email" in kinds else "mobile"
    if anchor in kinds:
        return _people(pieces, anchor)
    entry = Entry(numbers=[said.strip() for kind, said in pieces if kind == "number"])
    _add_words(entry, _words(pieces))
    line = one_line(text).translate(_PLAIN)
    joined = re.search(r"(?<!\S)(\S{1,200})\s?@\s?(\S+)", line) or _SPELT_AT.search(line)
    better = _meant(f"{joined[1]}@{joined[2]}") if joined else ""
    if "@" in text or better:
        entry.broken, entry.better = one_line(text), better
    return [entry] if entry.name or entry.rest or entry.numbers or entry.broken else []


Pieces = Sequence[tuple[str, str]]


def _pieces(text: str) -> Pieces:
    """The line cut into addresses, numbers, separators and the words between them."""
    found = [("words", text)]
    for kind, pattern in (
        ("email", _EMAIL), ("mobile", _MOBILE), ("number", _NUMBER), ("between", _BETWEEN)
    ):  # fmt: skip
        cut: list[tuple[str, str]] = []
        for of, said in found:
            cut += _cut_out(kind, pattern, said) if of == "words" else [(of, said)]
        found = cut
    return found


def _cut_out(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, str]]:
    end = 0
    for match in pattern.finditer(text.translate(_PLAIN)):  # as long as the text
        yield "words", text[end : match.start()]
        yield _kind(kind, match[0]), match[0]
        end = match.end()
    yield "words", text[end:]


def _kind(kind: str, text: str) -> str:
    if kind == "mobile":
        try:
            uk_mobile(text)
        except ValueError:
            return "number"
    return kind


def _people(pieces: Pieces, anchor: str) -> list[Entry]:
    """An entry for each anchor, with what stands before or behind it."""
    places = [place for place, (kind, _) in enumerate(pieces) if kind == anchor]
    people = [_anchored(anchor, pieces[place][1]) for place in places]
    first = pieces[: places[0]]
    names_first = bool(_trimmed(_words(first)))
    mine = [[*first] for _ in places[:1]] + [[] for _ in places[1:]]
    for index, place in enumerate(places):
        mine[index].append(pieces[place])
        is_last = index + 1 == len(places)
        between = pieces[place + 1 : None if is_last else places[index + 1]]
        cut = len(between) if is_last else _cut(between, names_first=names_first)
        mine[index] += between[:cut]
        if not is_last:
            mine[index + 1] += between[cut:]
    for one, place, said in zip(people, places, mine, strict=True):
        _add_numbers(one, said)
        if not _is_torn(one, pieces[place - 1][1] if place else "", pieces[place + 1][1]):
            _add_words(one, _words(said))
    return people


def _anchored(kind: str, text: str) -> Entry:
    if kind == "mobile":
        return Entry(mobiles=[uk_mobile(text)])
    plain = text.split("?")[0].strip(_ENDS).lower()
    if is_email(plain):
        return Entry(email=plain)
    return Entry(broken=text, better=_meant(text))


def _meant(text: str) -> str:
    """The address that was probably meant: a sign too many, or a comma for a point; or nothing."""
    plain = re.sub(r"[.,]+", ".", text.split("?")[0].strip(_ENDS).lower())
    plain = re.sub(r"\.?@+\.?", "@", plain)
    return plain if is_email(plain) else ""


def _cut(between: Pieces, *, names_first: bool) -> int:
    """How many of the pieces between two people belong to the first of them.

    Brackets decide, then separators, then whether this line has names first.
    """
    spoken = [n for n, (kind, said) in enumerate(between) if kind == "words" and _trimmed(said)]
    if not spoken:
        return len(between)
    raw = between[spoken[0]][1].strip()
    if raw.startswith("(") and raw.rstrip(" ,").endswith(")"):
        return spoken[0] + 1
    if names_first or between[-1][1].rstrip().endswith("<"):
        return spoken[-1]
    is_beside_next = spoken[-1] == len(between) - 1
    is_parted = len(spoken) > 1 or ("between" in {kind for kind, _ in between[: spoken[-1]]})
    if is_beside_next and (is_parted or (raw.startswith(",") and not raw.endswith(","))):
        return spoken[-1]
    return len(between)


def _words(pieces: Pieces) -> str:
    return "".join(said if kind == "words" else "\t" for kind, said in pieces)


def _add_numbers(one: Entry, pieces: Pieces) -> None:
    for kind, said in pieces:
        if kind == "mobile":
            number = uk_mobile(said)
            if number not in one.mobiles:
                one.mobiles.append(number)
        elif kind == "number":
            one.numbers.append(said.strip())


def _add_words(one: Entry, words: str) -> None:
    cells = _BETWEEN.split(_without_labels(words))
    # What stands before `<` is the name, whoever stands before that.
    cells.sort(key=lambda cell: not cell.rstrip().endswith(("<", "\u2039", "\uff1c")))
    parts = [part for part in map(_trimmed, cells) if part]
    if parts and not is_remark(parts[0]):
        one.name = parts.pop(0)
    one.rest = parts


def is_remark(text: str) -> bool:
    """Whether words beside an address say something of a person, such as `on leave`."""
    return bool(_REMARK.search(text))


def _without_labels(words: str) -> str:
    return _LABELS.sub(" ", words)


def _trimmed(words: str) -> str:
    """Words without numbering, quotes and the signs around them."""
    text = _NUMBERING.sub("", _without_labels(words).strip())
    text = " ".join(text.translate(_NO_QUOTES).split()).strip(_ENDS)
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1].strip(_ENDS)
    elif text.count("(") != text.count(")"):
        text = text.strip("( )")
    return "" if re.fullmatch(r"\W*|and|or|und", text, re.IGNORECASE) else text


def _is_torn(one: Entry, before: str, behind: str) -> bool:
    """Whether words beside an address may be its other half; then it is not taken for good.

    `night ward@x.example` is no person called night; `Night ward@x.example` could be one.
    """
    comma = re.match(r",\s?([a-z][\w.-]*)", behind) if one.broken else None
    if comma and (better := _meant(f"{one.broken}.{comma[1]}")):
        one.broken, one.better = f"{one.broken}{comma[0]}", better
        return True
    if not one.email:
        return False
    local = one.email.split("@")[0]
    torn = re.search(r"(?:^|\s)((?:[a-z] )*[a-z][a-z.]*) $", before)
    if torn and torn[1] not in _BEFORE and (len(torn[1]) == 1 or torn[1].strip(".") not in local):
        one.broken = f"{torn[1]} {one.email}"
        one.better = one.broken.replace(" ", "")
    torn = re.fullmatch(r" ([a-z][a-z.]*)\s*", behind)
    if torn and torn[1] not in _BEHIND and torn[1] not in local:
        one.broken, one.better = f"{one.email} {torn[1]}", f"{one.email}{torn[1]}"
    if one.broken:
        one.email = ""
    return bool(one.broken)
