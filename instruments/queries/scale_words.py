"""The labels of a version's scale."""

from instruments.models import ScaleLabel, Translation


def scale_words(translation: Translation) -> tuple[dict[int, str], dict[int, str]]:
    """By value: the labels in a translation's language, and those in the instrument's own."""
    version = translation.edition.version
    labels: dict[str, dict[int, str]] = {version.language: {}, translation.language: {}}
    for label in ScaleLabel.objects.filter(version=version, language__in=labels):
        labels[label.language][label.value] = label.label
    return labels[translation.language], labels[version.language]
