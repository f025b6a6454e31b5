"""An XLSForm (ODK, KoboToolbox, SurveyCTO) as a survey of groups and questions. No Django here.

`select_one` questions are carried as statements on the scale of their list; a group is a section.
Sheets: survey (type, name, label, hint, …), choices (list_name, name, label), settings; texts of
further languages stand in columns such as `label::French (fr)`.
"""

import re
from collections.abc import Mapping

from instruments.exchange.faults import Faults, code_from
from instruments.exchange.survey import Group, Option, Question, Structure
from organisations.exchange.workbook import Rows

# Languages that forms name without their code.
_CODES = {
    "english": "en", "welsh": "cy", "cymraeg": "cy", "french": "fr", "français": "fr",
    "german": "de", "deutsch": "de", "spanish": "es", "español": "es", "italian": "it",
    "portuguese": "pt", "português": "pt", "dutch": "nl", "polish": "pl", "polski": "pl",
    "arabic": "ar", "urdu": "ur", "punjabi": "pa", "bengali": "bn", "gujarati": "gu", "hindi": "hi",
    "somali": "so", "swahili": "sw", "romanian": "ro", "irish": "ga", "gaelic": "gd",
    "russian": "ru", "ukrainian": "uk", "turkish": "tr", "chinese": "zh", "tagalog": "tl",
    "nepali": "ne", "amharic": "am", "portugues": "pt", "espanol": "es", "francais": "fr",
}  # fmt: skip
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{1,8})*")
_SELECT_ONE = re.compile(r"select[ _]one\s+(\S+)(\s+or[ _]other)?", re.IGNORECASE)
_BEGIN = re.compile(r"begin[ _](group|repeat)", re.IGNORECASE)
_END = re.compile(r"end[ _](group|repeat)", re.IGNORECASE)
# What a form keeps for itself and nobody is asked.
_METADATA = {
    "start", "end", "today", "deviceid", "phonenumber", "username", "simserial", "subscriberid",
    "email", "audit", "start-geopoint", "background-audio",
}  # fmt: skip
_READ = {"type", "name", "required", "relevant", "relevance", "default", "constraint", "disabled"}
_NO = {"", "no", "false", "false()", "0"}


def is_xlsform(tables: Mapping[str, Rows]) -> bool:
    """Whether a workbook with these sheets is an XLSForm."""
    survey = tables.get("survey")
    return survey is not None and ("choices" in tables or any("type" in row for _, row in survey))


def _language_of(name: str) -> str:
    """The code of a language as a form names it, or nothing."""
    in_brackets = re.search(r"\(([^()]*)\)\s*$", name)
    code = (in_brackets[1] if in_brackets else name).strip().lower()
    known = _CODES.get(code) or _CODES.get(name.partition("(")[0].strip().lower())
    if not in_brackets and known:
        return known
    if not _CODE.fullmatch(code) or len(code) > 12:
        return known or ""
    if not in_brackets and len(code.partition("-")[0]) > 2:
        return ""
    first, *rest = re.split("[-_]", code)
    cased = {2: str.upper, 4: str.title}
    return "-".join([first, *(cased.get(len(part), str)(part) for part in rest)])


class _Reader:
    """Takes the rows of the sheet survey in order."""

    def __init__(self, tables: Mapping[str, Rows], name: str, faults: Faults) -> None:
        self.faults = faults
        self.found = Structure("XLSForm")
        self.repeats = 0
        self.open: list[Group | None] = []
        self.taken: set[str] = set()
        self.cut: dict[str, int] = {}  # how many names begin alike, once they are cut
        settings = tables.get("settings", [])
        self.settings = settings[0][1] if settings else {}
        self.columns = self._columns(tables)
        self.own = self._own_language()
        self.lists = self._lists(tables.get("choices", []))
        self.title = self.settings.get("form_title", "").strip() or name.rpartition(".")[0]

    def _columns(self, tables: Mapping[str, Rows]) -> dict[str, tuple[str, str]]:
        """The columns of texts: what each holds, and the language as it is named."""
        found: dict[str, tuple[str, str]] = {}
        for title in ("survey", "choices"):
            for name in tables.get(title, [(0, {})])[0][1] if tables.get(title) else ():
                what, _, language = (part.strip() for part in name.partition(":"))
                if what in ("label", "hint"):
                    found[name] = (what, language.lstrip(": "))
        return found

    def _own_language(self) -> str:
        named = [language for _, language in self.columns.values() if language]
        default = self.settings.get("default_language", "").strip()
        has_plain = any(not language for _, language in self.columns.values())
        chosen = default or ("" if has_plain else next(iter(named), ""))
        own = _language_of(chosen) if chosen else "en"
        if not own:
            own = "en"
        self.chosen = chosen.lower()
        for language in dict.fromkeys(named):
            if language.lower() != self.chosen and not _language_of(language):
                why = (
                    f"No code of this language is given. Name the column “label::{language} (xx)”."
                )
                self.found.others.append((f"column label::{language}", language, why))
        return own

    def texts(self, row: dict[str, str], what: str) -> dict[str, str]:
        """The row's labels or hints by language."""
        found: dict[str, str] = {}
        for name, (holds, language) in self.columns.items():
            if holds != what or not row.get(name, "").strip():
                continue
            is_own = not language or language.lower() == self.chosen
            if code := self.own if is_own else _language_of(language):
                found.setdefault(code, row[name])
        return found

    def _lists(self, rows: Rows) -> dict[str, list[Option]]:
        found: dict[str, list[Option]] = {}
        for number, row in rows:
            place = f"sheet choices, row {number}"
            # A number that was typed as text may come as 1.0.
            code = re.sub(r"\.0+$", "", (row.get("name") or row.get("value") or "").strip())
            listed = (row.get("list_name") or row.get("list name") or "").strip()
            if not listed:
                continue
            self._undress(place, code, row)
            option = Option(code, "", place, self.texts(row, "label") or {self.own: code})
            found.setdefault(listed, []).append(option)
        return found

    def _undress(self, place: str, name: str, row: dict[str, str]) -> None:
        self.found.undress(place, name, row, [one for one in self.columns if one in row])

    def take(self, number: int, row: dict[str, str]) -> None:
        """One row: a group begins or ends, a question, or something that is not carried."""
        place, kind = f"sheet survey, row {number}", " ".join(row.get("type", "").split())
        name = row.get("name", "").strip()
        self._undress(place, name, row)
        if not kind:
            self._leave(place, name or "a row", "It has no type.")
        elif begins := _BEGIN.fullmatch(kind):
            self._begin(place, row, name, is_repeat=begins[1].lower() == "repeat")
        elif _END.fullmatch(kind):
            if not self.open:
                self.faults.add(f"{place}, type", f"{kind} ends what never began.")
                return
            if self.open.pop() is None:
                self.repeats -= 1
        elif kind.lower() in _METADATA:
            self._leave(place, kind, "Nothing is kept about who answers, or on what.")
        elif row.get("disabled", "").strip().lower() not in _NO:
            self._leave(place, name, "The form has it disabled.")
        elif self.repeats:
            self._leave(place, name, "It stands in a repeat; every statement is asked once.")
        else:
            self._question(place, row, kind, name)

    def _begin(self, place: str, row: dict[str, str], name: str, *, is_repeat: bool) -> None:
        if is_repeat:
            self._leave(place, name, "It is a repeat; every statement is asked once.")
            self.repeats += 1
            self.open.append(None)
            return
        group = Group(place, place, row.get("relevant", ""), self.texts(row, "label"))
        if not group.names:
            group.names = {self.own: name or self.title}
        self.found.groups[place] = group
        self.open.append(group)

    def _group(self, place: str) -> Group:
        """The innermost group; what stands in none is in one with the form's title."""
        if self.open and self.open[-1] is not None:
            return self.open[-1]
        latest = next(reversed(self.found.groups.values()), None)
        if latest is None or not latest.key.startswith("none "):
            latest = Group(f"none {place}", place, "", {self.own: self.title})
            self.found.groups[latest.key] = latest
        return latest

    def _question(self, place: str, row: dict[str, str], kind: str, name: str) -> None:
        chosen = _SELECT_ONE.fullmatch(kind)
        texts = self.texts(row, "label")
        if chosen is None:
            what = next(iter(texts.values()), name)
            why = f"It is of the type {kind}; a statement is scored on one scale."
            self._leave(place, what, why)
            return
        if not texts:
            self._leave(place, name, "It has no label.")
            return
        code = self._code(name, place)
        fields = {n: v for n, v in row.items() if n not in _READ and n not in self.columns}
        fields |= {
            "relevance": row.get("relevant") or row.get("relevance") or "",
            "mandatory": "" if row.get("required", "").strip().lower() in _NO else "Y",
            "other": "Y" if chosen[2] else "N",
            "validation": row.get("constraint", ""),
            "default": row.get("default", ""),
        }
        question = Question(code, "L", place, fields, texts, self.texts(row, "hint"))
        options = self.lists.get(chosen[1])
        if options is None:
            self.faults.add(f"{place}, type", f"the sheet choices has no list {chosen[1][:40]}.")
            return
        for option in options:
            if ("0", option.code) in question.options:
                self.faults.add(f"{option.place}, name", f"{option.code} is used twice.")
            question.options["0", option.code] = option
        group = self._group(place)
        group.questions[code] = question

    def _code(self, name: str, place: str) -> str:
        """A code of at most 20 characters that is not taken; names of forms are often longer."""
        first = code_from(re.sub(r"[^A-Za-z0-9_.-]", "-", name).lstrip("_.-"), 20)
        if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,19}", name):
            first = name
        code, number = first, self.cut.get(first.lower(), 1)
        while code.lower() in self.taken and len(name) > 20:
            number += 1
            code = f"{first[: 19 - len(str(number))]}-{number}"
        self.cut[first.lower()] = number
        if code.lower() in self.taken:
            self.faults.add(f"{place}, name", f"{code} is used twice.")
        self.taken.add(code.lower())
        return code

    def _leave(self, place: str, what: str, why: str) -> None:
        self.found.others.append((place, what, why))


def read_xlsform(tables: Mapping[str, Rows], name: str, faults: Faults) -> Structure:
    """The sheets of a form as groups of questions; faults are noted."""
    reader = _Reader(tables, name, faults)
    for number, row in tables["survey"]:
        reader.take(number, row)
    found = reader.found
    found.settings["language"] = reader.own
    codes = (_language_of(language) for _, language in reader.columns.values())
    further = dict.fromkeys(code for code in codes if code and code != reader.own)
    found.settings["additional_languages"] = " ".join(further)
    found.texts[reader.own] = {"surveyls_title": reader.title}
    read = {"form_title", "default_language", "form_id", "version", "id_string"}
    found.settings |= {n: v for n, v in reader.settings.items() if v.strip() and n not in read}
    for place in reader.open:
        where = place.place if place else "sheet survey"
        faults.add(where, "a group begins here and never ends.")
    for title in tables:
        if title not in ("survey", "choices", "settings"):
            found.others.append((f"sheet {title}", title, "A form’s other sheets are not read."))
    return found
