"""The question bank."""

from instruments.models.instrument import (
    Edition,
    Instrument,
    Item,
    ItemMapping,
    ItemWording,
    ScaleLabel,
    Section,
    SectionWording,
    Translation,
    Version,
)

__all__ = [
    "Edition",
    "Instrument",
    "Item",
    "ItemMapping",
    "ItemWording",
    "ScaleLabel",
    "Section",
    "SectionWording",
    "Translation",
    "Version",
]
