"""The words of a message that a manager may change, checked as they will be sent."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from organisations.forms.text_fields import WordsField
from organisations.rules.plain_text import link_in
from surveys.models import Survey, SurveyUnit
from surveys.rules import gsm7
from surveys.words.staff_messages import custom_text, sms_over
from surveys.words.staff_words import LONGEST_OPENING, LONGEST_SUBJECT, CustomText, Kind

UNIT_HINT = "We replace {unit} with the name of the unit."


def _text(label: str, longest: int, rows: int, hint: str) -> WordsField:
    widget: forms.Widget = forms.TextInput(attrs={"label_class": "nhsuk-label--s"})
    if rows > 1:
        widget = forms.Textarea(attrs={"rows": rows, "label_class": "nhsuk-label--s"})
    return WordsField(
        label=label,
        help_text=hint,
        max_length=longest,
        widget=widget,
        error_messages={
            "required": f"Enter the words of “{label}”",
            "max_length": f"“{label}” must be {longest} characters or fewer",
        },
    )


class MessageWordsForm(forms.Form):
    """`own` is there once it is valid."""

    subject = _text("Subject of the email", LONGEST_SUBJECT, 1, "")
    opening = _text("Start of the email", LONGEST_OPENING, 3, UNIT_HINT)
    sms = _text(
        "Text message",
        gsm7.MOST,
        2,
        "We add the organisation and unit in front, and the closing date and link at the end.",
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        survey: Survey,
        units: Sequence[SurveyUnit],
        kind: Kind,
        language: str,
    ) -> None:
        own = custom_text(survey, kind, language)
        initial = {"subject": own.subject, "opening": own.opening, "sms": own.sms}
        super().__init__(data, initial=initial)
        self._survey, self._units = survey, units
        self._kind, self._language = kind, language

    def clean(self) -> None:
        """All on one line, without addresses of their own; the text message fits."""
        for name, text in list(self.cleaned_data.items()):
            line = " ".join(text.split())
            self.cleaned_data[name] = line
            if link_in(line):
                self.add_error(name, "Remove the link. We add each person’s personal link")
            if "{" in line.replace("{unit}", "") or "}" in line.replace("{unit}", ""):
                self.add_error(name, "Only use curly brackets for {unit}")
        sms = self.cleaned_data.get("sms", "")
        strange = gsm7.strange(sms)
        if strange:
            self.add_error(
                "sms", f"Remove characters that text messages cannot use: {' '.join(strange)}"
            )
        if "sms" in self.cleaned_data and self.over:
            self.add_error(
                "sms",
                f"Text message must be {self.over} characters shorter to fit in {gsm7.MOST} "
                "with its link",
            )

    @property
    def own(self) -> CustomText:
        """The words, one line each."""
        said = self.cleaned_data
        return CustomText(said.get("subject", ""), said.get("opening", ""), said.get("sms", ""))

    @property
    def over(self) -> int:
        """How many letters too long the text message is for the unit where it is longest."""
        typed = as_typed(self)
        return max(
            sms_over(
                survey=self._survey,
                unit=unit,
                kind=self._kind,
                language=self._language,
                own=typed,
            )
            for unit in self._units
        )


def as_typed(form: MessageWordsForm) -> CustomText:
    """What stands in the boxes, for a preview, right or wrong."""

    def text(name: str, longest: int) -> str:
        return " ".join(str(form[name].value() or "").split())[:longest]

    return CustomText(
        text("subject", LONGEST_SUBJECT), text("opening", LONGEST_OPENING), text("sms", gsm7.MOST)
    )
