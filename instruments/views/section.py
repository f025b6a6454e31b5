"""The editor: one section at a time, editions and a language beside each other."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from instruments import access as bank
from instruments.actions import structure
from instruments.actions.wording import EditConflict, confirm_translation, save_texts
from instruments.forms.question_bank import SectionForm, StatementForm
from instruments.forms.texts import Typed, typed_texts
from instruments.models import Edition, Section, Translation, Version
from instruments.presenters.crumbs import bank_crumbs
from instruments.presenters.section_editor import columns, place_named, section_rows
from instruments.queries.wording_changes import difference
from instruments.views.bank import editors
from instruments.views.removal import asked_removal
from instruments.words.languages import language_name
from organisations.forms.posted import posted
from organisations.forms.refusals import said_to, shown_on
from organisations.rules.refusal import Refused
from organisations.views.membership import MemberRequest
from organisations.words.dates import clock


def _chosen(
    request: MemberRequest, version: Version, editions: list[Edition]
) -> tuple[Edition, Translation | None, list[Translation]]:
    """Edition and language by `?edition=&language=`: at first the adapted one, and a language."""
    usual = next((one for one in editions if not one.is_verbatim), editions[0])
    asked = request.GET.get("edition", "")
    edition = next((one for one in editions if str(one.pk) == asked), usual)
    further = [
        one
        for one in bank.translations_of(version)
        if one.edition_id == edition.pk and one.language != version.language
    ]
    language = request.GET.get("language", further[0].language if further else "")
    translation = next((one for one in further if one.language == language), None)
    return edition, translation, further


def _page(
    request: MemberRequest,
    version: Version,
    section: Section,
    *,
    conflicts: list[dict[str, str]] | None = None,
    problems: list[str] | None = None,
) -> HttpResponse:
    editions = bank.editions_of(version)
    edition, translation, further = _chosen(request, version, editions)
    is_own = version.instrument.organisation_id == request.organisation.pk
    editable = is_own and version.state == Version.State.DRAFT
    shown = columns(
        version, editions=editions, edition=edition, translation=translation, editable=editable
    )
    found = difference(version)
    links = bank.section_links(version)
    place = next(n for n, link in enumerate(links) if link.section.pk == section.pk)
    rows = section_rows(version, section, shown=shown, found=found)
    other = version.saved_by if version.saved_by_id != request.user.pk else None
    recent = version.saved_at and (timezone.now() - version.saved_at).total_seconds() < 900
    found_complete = bank.completeness(version)
    context: dict[str, object] = {
        "version": version,
        "section": section,
        "links": links,
        "place": place + 1,
        "title": links[place].title,
        "edition": edition,
        "editions": editions,
        "translation": translation,
        "further": further,
        "columns": shown,
        "rows": rows,
        "editable": editable,
        "is_own": is_own,
        "other": other if other and recent else None,
        "pending": found.pending,
        "completeness": [one for one in found_complete if one.translation.edition == edition],
        "language_names": {
            one.translation.language: language_name(one.translation.language)
            for one in found_complete
        },
        "conflicts": conflicts or [],
        "problems": problems or [],
        "crumbs": bank_crumbs(request.organisation, version),
        "asked_in": bank.asked_in(version, request.organisation),
    }
    status = 409 if conflicts else 422 if problems else 200
    return render(request, "instruments/section.html", context, status=status)


def _saved(
    request: MemberRequest, version: Version, typed: list[Typed]
) -> tuple[list[dict[str, str]], list[str]]:
    """Saves each text by itself; conflicts hold both texts, problems a sentence each."""
    conflicts, problems = [], []
    if not typed:
        return [], []
    try:
        outcomes = save_texts(version=version, texts=[one.new for one in typed], by=request.user)
    except Refused as refused:
        return [], [str(refused)]
    for one, failed in zip(typed, outcomes, strict=True):
        if isinstance(failed, EditConflict):
            conflicts.append({"name": one.name, "yours": one.new.text, "theirs": failed.theirs})
        elif failed is not None:
            problems.append(str(failed))
    return conflicts, problems


def save_typed(request: MemberRequest, version: Version) -> None:
    """Saves what was typed in the editor before a button in its table acts; says what was not."""
    _say(request, *_saved(request, version, list(typed_texts(request.POST.dict()))))


def _say(request: MemberRequest, conflicts: list[dict[str, str]], problems: list[str]) -> None:
    for problem in problems:
        messages.error(request, problem)
    for one in conflicts:
        messages.error(
            request, f"Someone else has changed this text. Your words were: {one['yours']}"
        )


def nearest(request: MemberRequest, version_id: int, section_id: int) -> str:
    """The section's address; where another editor took it away, that of the draft or the bank."""
    slug = request.organisation.slug
    if bank.has_section(version_id, section_id):
        return reverse("question_bank_section", args=[slug, version_id, section_id])
    if bank.is_there(version_id):
        return reverse("question_bank_version", args=[slug, version_id])
    return reverse("question_bank", args=[slug])


@editors
def section(request: MemberRequest, version_id: int, section_id: int) -> HttpResponse:
    """A section to read; in a draft of one's own, to edit."""
    found = bank.version_for(request.organisation, version_id)
    its = bank.section_of(found, section_id)
    if request.method != "POST":
        return _page(request, found, its)
    found = bank.own_version_for(request.organisation, version_id)
    conflicts, problems = _saved(request, found, list(typed_texts(request.POST.dict())))
    if not bank.has_section(found.pk, its.pk):
        _say(request, conflicts, problems)
        return redirect(nearest(request, found.pk, its.pk))
    found.refresh_from_db()
    if conflicts or problems:
        return _page(request, found, its, conflicts=conflicts, problems=problems)
    messages.success(request, "Saved.")
    return redirect(request.get_full_path())


@require_POST
@editors
def save(request: MemberRequest, version_id: int) -> JsonResponse:
    """One text, saved while it is typed. 409 with the other text where somebody was first."""
    found = bank.own_version_for(request.organisation, version_id)
    typed = list(typed_texts(request.POST.dict()))[:1]
    conflicts, problems = _saved(request, found, typed)
    if problems:
        return JsonResponse({"problem": problems[0]}, status=422)
    found.refresh_from_db()
    at = clock(found.saved_at or timezone.now())
    if conflicts:
        who = str(found.saved_by) if found.saved_by else "Someone"
        return JsonResponse({"theirs": conflicts[0]["theirs"], "who": who, "at": at}, status=409)
    return JsonResponse({"at": at})


@require_POST
@editors
def confirm(request: MemberRequest, version_id: int, section_id: int) -> HttpResponse:
    """A translation still fits the changed English."""
    found = bank.own_version_for(request.organisation, version_id)
    bank.section_of(found, section_id)
    save_typed(request, found)
    place = place_named(request.POST.get("confirm", ""))
    if place is not None:
        bank.edition_of(found, place.edition_id)
        with said_to(request, messages.ERROR):
            confirm_translation(version=found, place=place, by=request.user)
    return redirect(nearest(request, found.pk, section_id))


@editors
def add(request: MemberRequest, version_id: int) -> HttpResponse:
    """A section at the end."""
    found = bank.own_version_for(request.organisation, version_id)
    form = SectionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            created = structure.add_section(version=found, by=request.user, **form.cleaned_data)
            return redirect(
                "question_bank_item_add", request.organisation.slug, found.pk, created.pk
            )
    context = {
        "form": form,
        "heading": "Add a section",
        "crumbs": bank_crumbs(request.organisation, found),
    }
    status = 422 if form.errors else 200
    return render(request, "instruments/form.html", context, status=status)


@editors
def add_item(request: MemberRequest, version_id: int, section_id: int) -> HttpResponse:
    """A statement at the end of a section."""
    found = bank.own_version_for(request.organisation, version_id)
    its = bank.section_of(found, section_id)
    form = StatementForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            item = structure.add_item(section=its, by=request.user, **form.cleaned_data)
            messages.success(request, f"{item.code} was added.")
            return redirect("question_bank_section", request.organisation.slug, found.pk, its.pk)
    context = {
        "form": form,
        "heading": "Add a statement",
        "crumbs": bank_crumbs(request.organisation, found),
    }
    status = 422 if form.errors else 200
    return render(request, "instruments/form.html", context, status=status)


@require_POST
@editors
def move(request: MemberRequest, version_id: int, section_id: int) -> HttpResponse:
    """One place up or down."""
    found = bank.own_version_for(request.organisation, version_id)
    its = bank.section_of(found, section_id)
    with said_to(request, messages.ERROR):
        structure.move_section(section=its, up=request.POST.get("way") == "up", by=request.user)
    return redirect(nearest(request, found.pk, its.pk))


@editors
def remove(request: MemberRequest, version_id: int, section_id: int) -> HttpResponse:
    """Asks first; then the section is gone from the draft."""
    found = bank.own_version_for(request.organisation, version_id)
    its = bank.section_of(found, section_id)
    slug = request.organisation.slug
    return asked_removal(
        request,
        found,
        lambda: structure.remove_section(section=its, by=request.user),
        what=f"the section {its.code} with its statements",
        back=reverse("question_bank_section", args=[slug, found.pk, its.pk]),
        then=reverse("question_bank_version", args=[slug, found.pk]),
    )
