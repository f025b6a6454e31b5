"""The words of a message that a manager may change, checked as they will be sent."""

from collections.abc import Sequence
from typing import Any

from django import forms

from surveys import gsm7
from surveys.models import Survey, SurveyUnit
from surveys.staff_messages import own_words, sms_length
from surveys.staff_words import LONGEST_OPENING, LONGEST_SUBJECT, Kind, Own

UNIT_HINT = "{unit} becomes the unit’s name."


def _text(label: str, longest: int, rows: int, hint: str) -> forms.CharField:
    widget: forms.Widget = forms.TextInput(attrs={"label_class": "nhsuk-label--s"})
    if rows > 1:
        widget = forms.Textarea(attrs={"rows": rows, "label_class": "nhsuk-label--s"})
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        widget=widget,
        error_messages={
            "required": f"Enter the words of “{label}”",
            "max_length": f"“{label}” can have {longest} letters at most",
        },
    )


class MessageWordsForm(forms.Form):
    """`own` is there once it is valid."""

    subject = _text("Subject of the e-mail", LONGEST_SUBJECT, 1, "")
    opening = _text("How the e-mail begins", LONGEST_OPENING, 3, UNIT_HINT)
    sms = _text(
        "Text message", gsm7.MOST, 2, "It begins with the unit’s name and ends with two links."
    )

    def __init__(
        self,
        data: Any = None,
        *,
        survey: Survey,
        units: Sequence[SurveyUnit],
        kind: Kind,
        language: str,
    ) -> None:
        own = own_words(survey, kind, language)
        initial = {"subject": own.subject, "opening": own.opening, "sms": own.sms}
        super().__init__(data, initial=initial)
        self._survey, self._units, self._language = survey, units, language

    def clean(self) -> None:
        """All on one line, without addresses of their own; the text message fits."""
        for name, text in list(self.cleaned_data.items()):
            line = " ".join(text.split())
            self.cleaned_data[name] = line
            if "://" in line or "www." in line.lower():
                self.add_error(name, "Leave links out: each person’s own link is put in")
            if "{" in line.replace("{unit}", "") or "}" in line.replace("{unit}", ""):
                self.add_error(name, "Only {unit} may stand in curly brackets")
        sms = self.cleaned_data.get("sms", "")
        strange = gsm7.strange(sms)
        if strange:
            self.add_error("sms", f"A text message cannot hold {' '.join(strange)}")
        if "sms" in self.cleaned_data and self.over:
            self.add_error(
                "sms", f"{self.over} letters too many: with its links it must fit in {gsm7.MOST}"
            )

    @property
    def own(self) -> Own:
        """The words, one line each."""
        said = self.cleaned_data
        return Own(said.get("subject", ""), said.get("opening", ""), said.get("sms", ""))

    @property
    def over(self) -> int:
        """How many letters too long the text message is for the unit where it is longest."""
        typed = as_typed(self)
        longest = max(
            sms_length(survey=self._survey, unit=unit, language=self._language, own=typed)
            for unit in self._units
        )
        return max(0, longest - gsm7.MOST)


def as_typed(form: MessageWordsForm) -> Own:
    """What stands in the boxes, for a preview, right or wrong."""

    def text(name: str, longest: int) -> str:
        return " ".join(str(form[name].value() or "").split())[:longest]

    return Own(
        text("subject", LONGEST_SUBJECT), text("opening", LONGEST_OPENING), text("sms", gsm7.MOST)
    )
