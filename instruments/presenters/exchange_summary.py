"""What a file holds, in the words of programs and of people."""

from dataclasses import asdict

from instruments.rules.version_text import Found, VersionText


def summary(found: Found) -> dict[str, object]:
    """The object that `import_instrument --json` prints."""
    of = found.version.instrument if found.version else None
    return {
        "title": of.title if of else "",
        "scale": {
            "min": of.minimum if of else None,
            "max": of.maximum if of else None,
            "labels": list(of.labels) if of else [],
        },
        "sections": [
            {
                "code": section.code,
                "stem": section.stem,
                "items": [{"code": item.code, "text": item.text} for item in section.items],
            }
            for section in (of.sections if of else ())
        ],
        "not_sure": found.version.not_sure_label if found.version else "",
        "languages": list(found.version.languages) if found.version else [],
        "not_carried": [asdict(one) for one in found.not_carried],
        "said": list(found.said),
        "asked": [asdict(one) for one in found.asked],
        "errors": list(found.errors),
    }


def _texts(version: VersionText) -> dict[tuple[str, str, str], str]:
    """Every text by edition, language and what it is of."""
    of = version.instrument
    own = of.language
    found: dict[tuple[str, str, str], str] = {
        ("", own, name): getattr(of, name.replace(" ", "_"))
        for name in (
            *("title", "source", "purpose", "notice"),
            *("recommended respondents", "section titles are"),
        )
    }
    found["", own, "scale"] = f"{of.minimum} to {of.maximum}"
    for language, labels in {own: of.labels, **version.labels}.items():
        for place, label in enumerate(labels):
            found["", language, f"label of {of.minimum + place}"] = label
    worded = [("verbatim", own, of.sections)]
    worded += [(edition.code, own, edition.sections) for edition in version.editions]
    worded += [(text.edition, text.language, text.sections) for text in version.translations]
    for edition, language, sections in worded:
        for section in sections:
            found[edition, language, f"title of {section.code}"] = section.title
            found[edition, language, f"stem of {section.code}"] = section.stem
            for item in section.items:
                found[edition, language, item.code] = item.text
                found[edition, language, f"help of {item.code}"] = item.help
    return {key: text for key, text in found.items() if text}


Changes = dict[str, list[dict[str, str]]]


def differences(before: VersionText | None, after: VersionText) -> Changes:
    """What an import adds, changes and takes out: a row for each text."""
    old, new = _texts(before) if before else {}, _texts(after)

    def row(key: tuple[str, str, str], was: str, becomes: str) -> dict[str, str]:
        where = " ".join(part for part in (key[2], f"({', '.join(filter(None, key[:2]))})"))
        return {"where": where, "was": was, "becomes": becomes}

    return {
        "added": [row(key, "", text) for key, text in new.items() if key not in old],
        "changed": [
            row(key, old[key], text) for key, text in new.items() if old.get(key, text) != text
        ],
        "taken out": [row(key, text, "") for key, text in old.items() if key not in new],
    }
