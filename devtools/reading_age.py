"""The reading age of what staff read: Flesch-Kincaid grade by textstat, plus 5; 11 at most."""

import re
import sys
import warnings

from devtools.words import texts

with warnings.catch_warnings():  # asks setuptools for its own version, in the way of former years
    warnings.simplefilter("ignore")
    import textstat

OLDEST = 11
# What staff read without signing in, each by the beginning of its files' paths.
READ_BY_STAFF = {
    "Answer page": ("responses/words/answer_page.py", "templates/responses/"),
    "Messages": ("surveys/words/",),
    "Posters and slips": ("templates/fieldwork/slips/page", "templates/fieldwork/survey/poster"),
    "Team page": ("templates/results/ward_page/", "templates/debriefs/plan/"),
    "Result in sentences": ("results/words/",),
    "Privacy": ("templates/organisations/public/privacy.html",),
    "Help": ("templates/organisations/public/help.html",),
}
FILLED_IN = re.compile(r"\{\w*\}|%\(?\w*\)?s|…|\$\{[^}]*\}")


def reading_age(sentences: list[str]) -> float:
    """Years of age at which a text reads with ease; headings count as sentences."""
    whole = (FILLED_IN.sub("five", text).strip() for text in sentences)
    read = " ".join(text if text.endswith((".", "?", "!")) else f"{text}." for text in whole)
    return float(textstat.flesch_kincaid_grade(read)) + 5


def main() -> int:
    found = list(texts())
    ages = {
        name: reading_age([text.words for text in found if str(text.path).startswith(places)])
        for name, places in READ_BY_STAFF.items()
    }
    print("Reading ages: " + ", ".join(f"{name} {age:.1f}" for name, age in ages.items()))
    return 1 if max(ages.values()) > OLDEST else 0


if __name__ == "__main__":
    sys.exit(main())
