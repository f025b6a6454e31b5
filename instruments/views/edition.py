"""Editions and languages of a version, and what we read in its statements."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from instruments import access as bank
from instruments.actions import editions, translations
from instruments.forms.question_bank import EditionForm, LanguageForm, ScaleWordsForm
from instruments.models import Version
from instruments.presenters.crumbs import bank_crumbs
from instruments.queries.item_mappings import mapped_items
from instruments.queries.scale_words import scale_words
from instruments.views.bank import editors
from instruments.views.removal import asked_removal
from instruments.words.languages import language_name
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.posted import posted
from organisations.forms.refusals import said_to, shown_on
from organisations.views.membership import MemberRequest


@require_safe
@editors
def editions_and_languages(request: MemberRequest, version_id: int) -> HttpResponse:
    """Every edition with its languages: how complete, reviewed by whom."""
    found = bank.version_for(request.organisation, version_id)
    is_own = found.instrument.organisation_id == request.organisation.pk
    context = {
        "version": found,
        "editions": bank.editions_of(found),
        "completeness": bank.completeness(found),
        "language_name": language_name,
        "is_own": is_own,
        "editable": is_own and found.state == Version.State.DRAFT,
        "crumbs": bank_crumbs(request.organisation, found),
    }
    return render(request, "instruments/editions.html", context)


def _form(request: MemberRequest, found: Version, form: NhsForm, heading: str) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "crumbs": bank_crumbs(request.organisation, found),
    }
    status = 422 if form.errors else 200
    return render(request, "instruments/form.html", context, status=status)


@editors
def add(request: MemberRequest, version_id: int) -> HttpResponse:
    """A further edition, with the words of one that is there."""
    found = bank.own_version_for(request.organisation, version_id)
    known = bank.editions_of(found)
    form = EditionForm(posted(request), editions=list(reversed(known)))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        source = next((one for one in known if str(one.pk) == data["copy_of"]), known[0])
        with shown_on(form):
            created = editions.copy_edition(
                edition=source, name=data["name"], label=data["label"], why=data["why"],
                by=request.user,
            )  # fmt: skip
            messages.success(request, f"{created.name} was added. Change its words here.")
            back = reverse("question_bank_version", args=[request.organisation.slug, found.pk])
            return redirect(back)
    return _form(request, found, form, "Add an edition")


@editors
def describe(request: MemberRequest, version_id: int, edition_id: int) -> HttpResponse:
    """An edition's name, mark and reason."""
    found = bank.own_version_for(request.organisation, version_id)
    edition = bank.edition_of(found, edition_id)
    form = EditionForm(
        posted(request),
        initial={"name": edition.name, "label": edition.label, "why": edition.why},
    )
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            editions.describe_edition(edition=edition, by=request.user, **form.cleaned_data)
            messages.success(request, "Saved.")
            return redirect("question_bank_editions", request.organisation.slug, found.pk)
    return _form(request, found, form, edition.name)


@editors
def remove(request: MemberRequest, version_id: int, edition_id: int) -> HttpResponse:
    """Asks first; then the edition is gone from the draft."""
    found = bank.own_version_for(request.organisation, version_id)
    edition = bank.edition_of(found, edition_id)
    editions_page = reverse("question_bank_editions", args=[request.organisation.slug, found.pk])
    return asked_removal(
        request,
        found,
        lambda: editions.remove_edition(edition=edition, by=request.user),
        what=f"the {edition.name} with its translations",
        back=editions_page,
        then=editions_page,
    )


@editors
def add_language(request: MemberRequest, version_id: int) -> HttpResponse:
    """A language for an edition."""
    found = bank.own_version_for(request.organisation, version_id)
    known = bank.editions_of(found)
    form = LanguageForm(posted(request), editions=list(reversed(known)))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        edition = next(one for one in known if str(one.pk) == data["edition"])
        with shown_on(form):
            created = translations.add_translation(
                edition=edition, language=data["language"], by=request.user
            )
            return redirect("question_bank_scale", request.organisation.slug, found.pk, created.pk)
    return _form(request, found, form, "Add a language")


@editors
def scale(request: MemberRequest, version_id: int, translation_id: int) -> HttpResponse:
    """The scale's words in a language, and “I can’t say”."""
    found = bank.own_version_for(request.organisation, version_id)
    translation = bank.translation_of(found, translation_id)
    labels, english = scale_words(translation)
    form = ScaleWordsForm(
        posted(request),
        values=range(found.scale_minimum, found.scale_maximum + 1),
        labels=labels,
        english={} if translation.language == found.language else english,
        initial={
            "not_sure_label": translation.not_sure_label,
            "not_sure_help": translation.not_sure_help,
        },
    )
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            translations.word_scale(
                translation=translation,
                labels=form.labels,
                not_sure=form.cleaned_data["not_sure_label"],
                not_sure_help=form.cleaned_data["not_sure_help"],
                by=request.user,
            )
            messages.success(request, "Saved.")
            return redirect("question_bank_editions", request.organisation.slug, found.pk)
    return _form(request, found, form, f"The scale in {language_name(translation.language)}")


@require_POST
@editors
def review(request: MemberRequest, version_id: int, translation_id: int) -> HttpResponse:
    """Marks a translation as reviewed by the person who presses the button."""
    found = bank.own_version_for(request.organisation, version_id)
    translation = bank.translation_of(found, translation_id)
    with said_to(request, messages.ERROR):
        translations.review_translation(translation=translation, by=request.user)
        messages.success(request, "Marked as reviewed by you, today.")
    return redirect("question_bank_editions", request.organisation.slug, found.pk)


@editors
def remove_language(request: MemberRequest, version_id: int, translation_id: int) -> HttpResponse:
    """Asks first; then the translation is gone from the draft."""
    found = bank.own_version_for(request.organisation, version_id)
    translation = bank.translation_of(found, translation_id)
    name = language_name(translation.language)
    editions_page = reverse("question_bank_editions", args=[request.organisation.slug, found.pk])
    return asked_removal(
        request,
        found,
        lambda: translations.remove_translation(translation=translation, by=request.user),
        what=f"{name} from the {translation.edition.name}",
        back=editions_page,
        then=editions_page,
    )


@require_safe
@editors
def missing(request: MemberRequest, version_id: int, translation_id: int) -> HttpResponse:
    """The statements that a translation has no words for."""
    found = bank.version_for(request.organisation, version_id)
    translation = bank.translation_of(found, translation_id)
    context = {
        "version": found,
        "translation": translation,
        "name": language_name(translation.language),
        "items": bank.missing_texts(translation),
        "crumbs": bank_crumbs(request.organisation, found),
    }
    return render(request, "instruments/missing.html", context)


@require_safe
@editors
def readings(request: MemberRequest, version_id: int, section_id: int) -> HttpResponse:
    """Help, SOFFT tasks, sides and challenges of a section's statements."""
    found = bank.version_for(request.organisation, version_id)
    section = bank.section_of(found, section_id)
    is_own = found.instrument.organisation_id == request.organisation.pk
    context = {
        "version": found,
        "section": section,
        "readings": mapped_items(section),
        "editable": is_own and found.state == Version.State.DRAFT,
        "crumbs": bank_crumbs(request.organisation, found),
    }
    return render(request, "instruments/item_mappings.html", context)
