"""One statement of a draft: moved, removed, left out, declared, read."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from instruments import access as bank
from instruments.actions import structure
from instruments.actions.declare import declare_item, declare_section
from instruments.actions.wording import NewText, TextKey
from instruments.forms.question_bank import DeclareForm, ReadingForm
from instruments.models import Item
from instruments.presenters.crumbs import bank_crumbs
from instruments.presenters.difference import word_by_word
from instruments.queries.item_mappings import mapped_item
from instruments.queries.wording_changes import difference
from instruments.views.bank import editors
from instruments.views.removal import asked_removal
from instruments.views.section import nearest, save_typed
from organisations.forms.posted import posted
from organisations.forms.refusals import said_to, shown_on
from organisations.rules import typed
from organisations.views.membership import MemberRequest


def _back(request: MemberRequest, item: Item) -> str:
    edition = typed.key(request.GET.get("edition", ""))
    query = "" if edition is None else f"?edition={edition}"
    return f"{nearest(request, item.version_id, item.section_id)}{query}"


@require_POST
@editors
def move(request: MemberRequest, version_id: int, item_id: int) -> HttpResponse:
    """One place up or down; the page opens again at the statement."""
    found = bank.own_version_for(request.organisation, version_id)
    item = bank.item_of(found, item_id)
    up = request.POST.get("way") == "up"
    save_typed(request, found)
    with said_to(request, messages.ERROR):
        structure.move_item(item=item, up=up, by=request.user)
    return redirect(f"{_back(request, item)}#{'up' if up else 'down'}-{item.pk}")


@require_POST
@editors
def leave_out(request: MemberRequest, version_id: int, item_id: int) -> HttpResponse:
    """Whether an edition asks the statement."""
    found = bank.own_version_for(request.organisation, version_id)
    item = bank.item_of(found, item_id)
    edition_id = request.POST.get("edition", "")
    edition = bank.edition_of(found, typed.key(edition_id) or 0)
    with said_to(request, messages.ERROR):
        structure.leave_out(
            item=item, edition=edition, left_out=request.POST.get("left_out") == "yes",
            by=request.user,
        )  # fmt: skip
    return redirect(_back(request, item))


@editors
def remove(request: MemberRequest, version_id: int, item_id: int) -> HttpResponse:
    """Asks first; then the statement is gone from the draft."""
    found = bank.own_version_for(request.organisation, version_id)
    item = bank.item_of(found, item_id)
    return asked_removal(
        request,
        found,
        lambda: structure.remove_item(item=item, by=request.user),
        what=f"the statement {item.code}",
        back=_back(request, item),
        then=_back(request, item),
    )


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
        with shown_on(form):
            if kind == "stem":
                declare_section(section=section, edition=edition, same=same, by=request.user)
            else:
                item = bank.item_of(found, row_id)
                declare_item(item=item, edition=edition, same=same, by=request.user)
            return redirect(f"{back}?edition={edition.pk}")
    context = {
        "form": form,
        "change": change,
        "edition": edition,
        "pieces": word_by_word(change.before, change.after),
        "crumbs": bank_crumbs(request.organisation, found),
    }
    status = 422 if form.errors else 200
    return render(request, "instruments/declare.html", context, status=status)


@editors
def reading(request: MemberRequest, version_id: int, item_id: int) -> HttpResponse:
    """Help for respondents and our reading: SOFFT tasks, sides of the pyramid, challenges."""
    found = bank.own_version_for(request.organisation, version_id)
    item = bank.item_of(found, item_id)
    known = mapped_item(item)
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
        with shown_on(form, "help"):
            helps = [
                NewText(
                    TextKey("help", item.pk, edition.pk, found.language),
                    known.helps.get(edition.pk, ""),
                    data["help"],
                )
                for edition in bank.editions_of(found)
            ]
            structure.read_item(
                item=item,
                helps=helps,
                tasks=data["tasks"],
                sides=data["sides"],
                challenges=[int(one) for one in data["challenges"]],
                by=request.user,
            )
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
    return render(request, "instruments/item_mapping.html", context, status=status)
