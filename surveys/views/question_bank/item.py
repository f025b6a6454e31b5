"""One statement of a draft: moved, removed, left out, declared, read."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from organisations.forms.posted import posted
from organisations.membership import MemberRequest
from organisations.refusal import Refused
from surveys.actions import structure
from surveys.actions.declare import declare_item, declare_section
from surveys.actions.wording import Place, save_text
from surveys.forms.question_bank import DeclareForm, ReadingForm
from surveys.models import Item
from surveys.presenters.difference import word_by_word
from surveys.presenters.question_bank_crumbs import bank_crumbs
from surveys.queries import question_bank as bank
from surveys.queries.reading import reading_of_item
from surveys.queries.wording_changes import difference
from surveys.views.question_bank.bank import editors
from surveys.views.question_bank.section import save_typed


def _back(request: MemberRequest, item: Item) -> str:
    place = [request.organisation.slug, item.version_id, item.section_id]
    query = (
        f"?edition={request.GET['edition']}" if request.GET.get("edition", "").isdecimal() else ""
    )
    return f"{reverse('question_bank_section', args=place)}{query}"


@require_POST
@editors
def move(request: MemberRequest, version_id: int, item_id: int) -> HttpResponse:
    """One place up or down; the page opens again at the statement."""
    found = bank.own_version_for(request.organisation, version_id)
    item = bank.item_of(found, item_id)
    up = request.POST.get("way") == "up"
    save_typed(request, found)
    try:
        structure.move_item(item=item, up=up, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{_back(request, item)}#{'up' if up else 'down'}-{item.pk}")


@require_POST
@editors
def leave_out(request: MemberRequest, version_id: int, item_id: int) -> HttpResponse:
    """Whether an edition asks the statement."""
    found = bank.own_version_for(request.organisation, version_id)
    item = bank.item_of(found, item_id)
    edition_id = request.POST.get("edition", "")
    edition = bank.edition_of(found, int(edition_id[:18]) if edition_id.isdecimal() else 0)
    try:
        structure.leave_out(
            item=item, edition=edition, left_out=request.POST.get("left_out") == "yes",
            by=request.user,
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(_back(request, item))


@editors
def remove(request: MemberRequest, version_id: int, item_id: int) -> HttpResponse:
    """Asks first; then the statement is gone from the draft."""
    found = bank.own_version_for(request.organisation, version_id)
    item = bank.item_of(found, item_id)
    context: dict[str, Any] = {
        "what": f"the statement {item.code}",
        "back": _back(request, item),
        "refused": "",
        "crumbs": bank_crumbs(request.organisation, found),
    }
    if request.method == "POST":
        try:
            structure.remove_item(item=item, by=request.user)
        except Refused as refused:
            context["refused"] = str(refused)
        else:
            return redirect(_back(request, item))
    status = 422 if context["refused"] else 200
    return render(request, "surveys/question_bank/remove.html", context, status=status)


@editors
def declare(
    request: MemberRequest, version_id: int, kind: str, row_id: int, edition_id: int
) -> HttpResponse:
    """Whether a changed stem or statement measures the same; both texts word by word."""
    found = bank.own_version_for(request.organisation, version_id)
    edition = bank.edition_of(found, edition_id)
    section_id = row_id if kind == "stem" else bank.item_of(found, row_id).section_id
    section = bank.section_of(found, section_id)
    change = next(
        (
            one
            for one in difference(found).changes
            if one.edition == edition and one.kind == kind and one.row_id == row_id
        ),
        None,
    )
    back = reverse("question_bank_section", args=[request.organisation.slug, found.pk, section.pk])
    if change is None:
        return redirect(f"{back}?edition={edition.pk}")
    form = DeclareForm(posted(request), initial={"same": "yes" if change.declared_same else None})
    if request.method == "POST" and form.is_valid():
        same = form.cleaned_data["same"] == "yes"
        try:
            if kind == "stem":
                declare_section(section=section, edition=edition, same=same, by=request.user)
            else:
                item = bank.item_of(found, row_id)
                declare_item(item=item, edition=edition, same=same, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(f"{back}?edition={edition.pk}")
    context = {
        "form": form,
        "change": change,
        "edition": edition,
        "pieces": word_by_word(change.before, change.after),
        "crumbs": bank_crumbs(request.organisation, found),
    }
    status = 422 if form.errors else 200
    return render(request, "surveys/question_bank/declare.html", context, status=status)


@editors
def reading(request: MemberRequest, version_id: int, item_id: int) -> HttpResponse:
    """Help for respondents and our reading: SOFFT tasks, sides of the pyramid, challenges."""
    found = bank.own_version_for(request.organisation, version_id)
    item = bank.item_of(found, item_id)
    known = reading_of_item(item)
    form = ReadingForm(
        posted(request),
        challenges=known.all_challenges,
        initial={
            "help": known.help,
            "tasks": ", ".join(known.tasks),
            "sides": known.sides,
            "challenges": [str(one) for one in known.challenges],
        },
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            for edition in bank.editions_of(found):
                place = Place("help", item.pk, edition.pk, found.language)
                seen = known.helps.get(edition.pk, "")
                save_text(version=found, place=place, seen=seen, text=data["help"], by=request.user)
            structure.read_item(
                item=item,
                tasks=data["tasks"],
                sides=data["sides"],
                challenges=[int(one) for one in data["challenges"]],
                by=request.user,
            )
        except Refused as refused:
            form.add_error("help", str(refused))
        else:
            messages.success(request, "Saved.")
            return redirect(
                "question_bank_readings", request.organisation.slug, found.pk, item.section_id
            )
    context = {
        "form": form,
        "item": item,
        "known": known,
        "crumbs": bank_crumbs(request.organisation, found),
    }
    status = 422 if form.errors else 200
    return render(request, "surveys/question_bank/reading.html", context, status=status)
