"""The short path: find a word, change it, see the difference, publish."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from organisations.membership import MemberRequest
from organisations.refusal import Refused
from surveys.actions.change_words import change_words
from surveys.actions.wording import Place, SavedMeanwhile
from surveys.forms.question_bank_texts import typed_texts
from surveys.models import ItemWording, Version
from surveys.presenters.question_bank_crumbs import bank_crumbs
from surveys.presenters.section_editor import field_name
from surveys.queries import question_bank as bank
from surveys.views.question_bank.bank import editors


def _hits(version: Version, words: str) -> list[dict[str, Any]]:
    hits = []
    for one in bank.found_words(version, words):
        is_item = isinstance(one, ItemWording)
        of = one.item if isinstance(one, ItemWording) else one.section
        place = Place("text" if is_item else "stem", of.pk, one.edition_id, one.language)
        section = one.item.section if isinstance(one, ItemWording) else one.section
        hits.append(
            {
                "where": of.code if is_item else f"Stem of {section.code}",
                "edition": one.edition,
                "text": one.text if isinstance(one, ItemWording) else one.stem,
                "name": "" if one.edition.is_locked else field_name(place),
            }
        )
    return hits


@editors
def change_one_word(request: MemberRequest, version_id: int) -> HttpResponse:
    """Texts that hold a word, each in a field; saving goes to a draft and to the difference."""
    found = bank.version_for(request.organisation, version_id)
    words = " ".join(request.GET.get("q", "").split())[:60]
    problem = ""
    if request.method == "POST":
        typed = list(typed_texts(request.POST.dict()))
        if not typed:
            problem = "Change a text first."
        else:
            try:
                draft, edition_id = change_words(
                    version=found,
                    organisation=request.organisation,
                    texts=[(one.place, one.seen, one.text) for one in typed],
                    by=request.user,
                )
            except (Refused, SavedMeanwhile) as refused:
                problem = str(refused)
            else:
                back = reverse(
                    "question_bank_difference", args=[request.organisation.slug, draft.pk]
                )
                return redirect(f"{back}?edition={edition_id}")
    context = {
        "version": found,
        "words": words,
        "hits": _hits(found, words) if words else [],
        "problem": problem,
        "crumbs": bank_crumbs(request.organisation, found),
    }
    status = 422 if problem else 200
    return render(request, "surveys/question_bank/words.html", context, status=status)
