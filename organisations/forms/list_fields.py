"""The two fields by which a list comes: pasted, or as a file; and the form of such a list."""

from typing import Generic, TypeVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from organisations.exchange.lists import ListKind
from organisations.exchange.tables import NotUsed, Unreadable
from organisations.forms.nhs_forms import NhsForm

Listed = TypeVar("Listed")


def pasted_list(help_text: str) -> forms.CharField:
    """Where a list is pasted, headings and all."""
    return forms.CharField(
        label="Paste the list",
        help_text=help_text,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
    )


def list_file(most: str) -> forms.FileField:
    """A spreadsheet or CSV file of up to `most`, such as 1MB."""
    return forms.FileField(
        label="Or upload a file",
        help_text=f"A spreadsheet (.xlsx) or a CSV file, up to {most}",
        required=False,
        error_messages={"empty": "The selected file is empty", "invalid": "Choose a file"},
    )


class ListForm(NhsForm, Generic[Listed]):
    """A list as text or as a file; `text` and `listed` are there once it is valid."""

    submit = "Check the list"
    list_text = pasted_list("Rows copied from a spreadsheet, with their headings")
    text: str
    listed: Listed

    def __init__(
        self,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        kind: ListKind[Listed],
    ) -> None:
        super().__init__(data, files)
        self.kind = kind
        self.fields["file"] = list_file(kind.size)
        self.other_tables: list[NotUsed] = []

    def clean(self) -> None:
        """Reads the file, or else what is pasted."""
        file = self.cleaned_data.get("file")
        self.text = self.cleaned_data.get("list_text", "")
        if "file" in self.errors or "list_text" in self.errors:
            return
        if not file and not self.text.strip():
            raise forms.ValidationError({"list_text": "Paste a list or choose a file"})
        try:
            if file:
                content = file.read(self.kind.largest_file + 1)
                self.text, self.other_tables = self.kind.file_text(content)
            if len(self.text) > self.kind.longest_text:
                raise Unreadable("The list is too long. Split it")
            self.listed = self.kind.read(self.text)
        except Unreadable as unreadable:
            field = "file" if file else "list_text"
            raise forms.ValidationError({field: list(unreadable.sentences)}) from unreadable


class CheckedListForm(forms.Form, Generic[Listed]):
    """The same list again, after it was checked; `listed` is there once it is valid."""

    listed: Listed

    def __init__(self, data: QueryDict, *, kind: ListKind[Listed]) -> None:
        super().__init__(data)
        self.kind = kind
        self.fields["text"] = forms.CharField(strip=False, max_length=kind.longest_text)

    def clean_text(self) -> str:
        """The text, once it can be read."""
        text: str = self.cleaned_data["text"]
        try:
            self.listed = self.kind.read(text)
        except Unreadable as unreadable:
            raise forms.ValidationError(list(unreadable.sentences)) from unreadable
        return text
