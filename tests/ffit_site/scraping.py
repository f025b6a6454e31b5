"""What a scrape says, and files whose making it tells of."""

from datetime import timedelta

from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from organisations.models import Role, User
from reports import tasks
from reports.actions.documents import ask_for_document, ask_for_export
from reports.models import Document, Export
from scoring.models import Snapshot
from tests.published_house import House


def scraped(client: Client) -> dict[tuple[str, tuple[str, ...]], float]:
    text = client.get("/metrics").text
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def more(before: dict[tuple[str, tuple[str, ...]], float], client: Client) -> dict[str, float]:
    """By how much counters have grown since, by name and label; those that have."""
    return {
        " ".join((name, *labels)): number - before.get((name, labels), 0)
        for (name, labels), number in scraped(client).items()
        if name.endswith("_total") and number != before.get((name, labels), 0)
    }


def made_files(house: House) -> User:
    """One document and one export, ready 40 and 90 seconds after they were asked for."""
    by, snapshot = house.member(Role.LEAD), Snapshot.objects.get()
    document = ask_for_document(snapshot=snapshot, kind=Document.Kind.TABLE, by=by, now_says="")
    export = ask_for_export(
        organisation=house.organisation, kind=Export.Kind.TABLE, snapshots=[snapshot.pk], by=by
    )
    tasks.make_document(document.pk)
    tasks.make_export(export.pk)
    for file, seconds in ((document, 40), (export, 90)):
        file.refresh_from_db()
        assert file.finished_at
        asked_at = file.finished_at - timedelta(seconds=seconds)
        type(file)._default_manager.filter(pk=file.pk).update(asked_at=asked_at)
    return by
