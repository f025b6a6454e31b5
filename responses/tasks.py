"""What happens beside the answer page. Safe to run twice."""

from celery import shared_task

from instruments.queries.answer_wording import form_wording, published_languages
from responses.presenters.document_cache import compress
from responses.queries.answer_page import page_for_preview
from surveys.models import SurveyUnit


@shared_task(name="responses.compress_documents")
def compress_documents(survey_unit_id: int) -> None:
    """Compresses a unit's documents as small as they get."""
    for unit in SurveyUnit.objects.filter(pk=survey_unit_id):
        page = page_for_preview(unit, leaders=False, name="")
        compress(page, languages=published_languages(page.edition_id), wording=form_wording)
