"""The short path: find a word, change it, see the difference, publish."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from instruments import access as bank
from instruments.actions.change_words import change_words
from instruments.actions.wording import TextKey
from instruments.forms.texts import typed_texts
from instruments.models import ItemWording, Version
from instruments.presenters.crumbs import bank_crumbs
from instruments.presenters.section_editor import field_name
from instruments.views.bank import editors
from organisations.rules.refusal import Refused
from organisations.views.membership import MemberRequest


def _hits(version: Version, words: str) -> list[dict[str, object]]:
    hits = []
    for one in bank.found_words(version, words):
        is_item = isinstance(one, ItemWording)
        of = one.item if isinstance(one, ItemWording) else one.section
        place = TextKey("text" if is_item else "stem", of.pk, one.edition_id, one.language)
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
                    texts=[one.new for one in typed],
                    by=request.user,
                )
            except Refused as refused:
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
    return render(request, "instruments/words.html", context, status=status)
