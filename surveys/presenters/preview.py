"""An answer page that exists nowhere: for looking at before launch."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from organisations.models import Organisation
from surveys import minimum_group
from surveys.models import Channel, Edition, Survey, SurveyUnit
from surveys.queries.answer_page import AnswerPage, Sheet

# What a preview may be given, and how much of it.
WORDS = {"unit_name": 120, "title": 80, "problem": 240, "change": 240}
EXAMPLE = {
    "unit_name": "Your unit",
    "title": "Your improvement",
    "problem": "Here stands the problem, in a sentence.",
    "change": "Here stands what would change, in a sentence.",
}


def preview_words(given: Mapping[str, str]) -> dict[str, str]:
    """The typed words, cut to their length; an example where nothing is typed."""
    words = {}
    for name, longest in WORDS.items():
        typed = " ".join(given.get(name, "").replace("\x00", "").split())[:longest]
        words[name] = typed or EXAMPLE[name]
    return words


def preview_page(
    *,
    organisation: Organisation,
    edition: Edition,
    words: Mapping[str, str],
    joint: bool = False,
    comments: str = "",
) -> AnswerPage:
    """The page that staff would get by the poster."""
    version = edition.version
    now = timezone.now()
    return AnswerPage(
        unit_name=words["unit_name"],
        title=words["title"],
        problem=words["problem"],
        change=words["change"],
        sheet=Sheet.JOINT if joint else Sheet.WARD,
        survey_unit_id=0,
        headcount=22,
        minimum_group=minimum_group.DEFAULT,
        ward_page_code="preview",
        unit_state=SurveyUnit.State.OPEN,
        closes_at=now + timedelta(days=10),
        survey_id=0,
        opens_at=now,
        result_at=None,
        talk_at=None,
        public_key=None,
        version_id=version.pk,
        edition_id=edition.pk,
        items=version.items.count(),
        options=version.scale_maximum - version.scale_minimum + 1,
        comments=comments if comments in Survey.Comments and not joint else Survey.Comments.NONE,
        organisation=organisation.name,
        time_zone=organisation.time_zone,
        channel=Channel.QR,
    )
