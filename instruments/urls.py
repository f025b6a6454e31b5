"""Addresses of instruments."""

from django.urls import URLPattern, URLResolver, path

from instruments.views import (
    bank,
    change_words,
    edition,
    exchange,
    item,
    publish,
    questions,
    section,
    version,
)

V = "<int:version_id>"
SECTION = f"{V}/sections/<int:section_id>"
ITEM = f"{V}/statements/<int:item_id>"
EDITION = f"{V}/editions/<int:edition_id>"
LANGUAGE = f"{V}/languages/<int:translation_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", bank.bank, name="question_bank"),
    path("new", bank.new, name="question_bank_new"),
    path("schema.json", bank.schema, name="question_bank_schema"),
    path("import", exchange.upload, name="question_bank_import"),
    path("import/confirm", exchange.confirm, name="question_bank_import_confirm"),
    path(f"{V}/", version.version, name="question_bank_version"),
    path(f"{V}/copy", version.copy, name="question_bank_copy"),
    path(f"{V}/about", version.describe, name="question_bank_describe"),
    path(f"{V}/discard", version.discard, name="question_bank_discard"),
    path(f"{V}/history", version.history, name="question_bank_history"),
    path(f"{V}/export.json", version.export_json, name="question_bank_export_json"),
    path(f"{V}/export.xlsx", version.export_xlsx, name="question_bank_export_xlsx"),
    path(f"{V}/one-word", change_words.change_one_word, name="question_bank_words"),
    path(f"{V}/save", section.save, name="question_bank_save"),
    path(f"{V}/sections/new", section.add, name="question_bank_section_add"),
    path(SECTION, section.section, name="question_bank_section"),
    path(f"{SECTION}/confirm", section.confirm, name="question_bank_confirm"),
    path(f"{SECTION}/move", section.move, name="question_bank_section_move"),
    path(f"{SECTION}/remove", section.remove, name="question_bank_section_remove"),
    path(f"{SECTION}/add", section.add_item, name="question_bank_item_add"),
    path(f"{SECTION}/readings", edition.readings, name="question_bank_readings"),
    path(f"{SECTION}/questions", questions.questions, name="question_bank_questions"),
    path(f"{ITEM}/move", item.move, name="question_bank_item_move"),
    path(f"{ITEM}/remove", item.remove, name="question_bank_item_remove"),
    path(f"{ITEM}/leave-out", item.leave_out, name="question_bank_leave_out"),
    path(f"{ITEM}/reading", item.reading, name="question_bank_reading"),
    path(
        f"{V}/declare/stem/<int:row_id>/<int:edition_id>",
        item.declare,
        {"kind": "stem"},
        name="question_bank_declare_stem",
    ),
    path(
        f"{V}/declare/item/<int:row_id>/<int:edition_id>",
        item.declare,
        {"kind": "item"},
        name="question_bank_declare_item",
    ),
    path(f"{V}/editions/", edition.editions_and_languages, name="question_bank_editions"),
    path(f"{V}/editions/new", edition.add, name="question_bank_edition_add"),
    path(EDITION, edition.describe, name="question_bank_edition"),
    path(f"{EDITION}/remove", edition.remove, name="question_bank_edition_remove"),
    path(f"{V}/languages/new", edition.add_language, name="question_bank_language_add"),
    path(f"{LANGUAGE}/scale", edition.scale, name="question_bank_scale"),
    path(f"{LANGUAGE}/review", edition.review, name="question_bank_review"),
    path(f"{LANGUAGE}/remove", edition.remove_language, name="question_bank_language_remove"),
    path(f"{LANGUAGE}/missing", edition.missing, name="question_bank_missing"),
    path(f"{V}/difference", publish.compare, name="question_bank_difference"),
    path(f"{V}/publish", publish.publish, name="question_bank_publish"),
    path(f"{V}/retire", publish.retire, name="question_bank_retire"),
]
