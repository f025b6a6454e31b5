"""Files that are not what they say: a sentence, nothing kept, nothing fetched."""

import io
import socket
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from django.urls import reverse
from openpyxl import Workbook
from PIL import Image

from debriefs.models import Attachment, Debrief
from organisations.models import Organisation, Role, User
from tests.attacks.conftest import Attacker, multipart, unchanged
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    SurveyFactory,
    UnitFactory,
)
from tests.responses.ballots import open_unit
from tests.results.payloads import payload
from tests.results.published import publish

SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Hears whoever fetches what a file names."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        listening.settimeout(0.2)
        yield listening
        with pytest.raises(TimeoutError):
            listening.accept()


@pytest.fixture
def ours(transactional_db: None) -> dict[str, str]:
    """The pages that take a file, of one organisation."""
    organisation = OrganisationFactory.create(slug="merrowfield")
    ward = UnitFactory.create(organisation=organisation)
    asked = open_unit(survey=SurveyFactory.create(organisation=organisation), unit=ward)
    result = publish(organisation=organisation, unit=ward, payload=payload())
    by = MembershipFactory.create(organisation=organisation, role=Role.LEAD).user
    debrief = Debrief.objects.create(survey_unit=result, name="Day team", started_by=by)
    return {
        "units": "/o/merrowfield/units/import",
        "staff": f"/o/merrowfield/surveys/{asked.survey_id}/staff",
        "instrument": "/o/merrowfield/question-bank/import",
        "picture": reverse("debrief_attach", args=["merrowfield", result.pk, debrief.pk]),
    }


@pytest.fixture
def member(ours: dict[str, str], signed_in: Callable[[User], Attacker]) -> Attacker:
    """Somebody with every role."""
    organisation = Organisation.objects.get(slug="merrowfield")
    held = MembershipFactory.create(organisation=organisation, role=Role.ADMINISTRATOR)
    for role in set(Role) - {Role.ADMINISTRATOR}:
        MembershipFactory.create(organisation=held.organisation, user=held.user, role=role)
    return signed_in(held.user)


def workbook(*rows: tuple[str, ...]) -> bytes:
    book = Workbook()
    for row in rows or (("unit", "email", "parent"), ("Ward 7", "ann@ward.example", "Medicine")):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(name: str, text: str | bytes) -> bytes:
    """A workbook with one part replaced or added."""
    out = io.BytesIO()
    content = workbook()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, text)
    return out.getvalue()


def torn() -> bytes:
    content = workbook()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        at = archive.getinfo(SHEET).header_offset + 30 + len(SHEET)
    return content[:at] + b"\xff" * 20 + content[at + 20 :]


def sheet(rows: str, doctype: str = "") -> str:
    head = f'<?xml version="1.0"?>{doctype}<worksheet xmlns="{SPREADSHEET}"><sheetData>'
    return f"{head}{rows}</sheetData></worksheet>"


def workbooks(port: int) -> dict[str, bytes]:
    """Each of them is refused."""
    there = f"http://127.0.0.1:{port}/x"
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="{{}}" {{}}/></Relationships>'
    )
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&{};</t></is></c></row>'
    rels = "xl/_rels/workbook.xml.rels"
    return {
        "broken zlib": torn(),
        "cut off": workbook()[:-200],
        "zip bomb": with_part(SHEET, b"0" * 50_000_000),
        "many parts": _many_parts(),
        "entity bomb": with_part(SHEET, sheet(cell.format("e9"), f"<!DOCTYPE a [{LAUGHS}]>")),
        "entity from elsewhere": with_part(
            SHEET, sheet(cell.format("x"), f'<!DOCTYPE a [<!ENTITY x SYSTEM "{there}">]>')
        ),
        "document type from elsewhere": with_part(
            "xl/workbook.xml",
            f'<?xml version="1.0"?><!DOCTYPE a SYSTEM "{there}"><workbook xmlns="{SPREADSHEET}"/>',
        ),
        "relation to nowhere": with_part(rels, relation.format("worksheets/none.xml", "")),
        "relation to elsewhere": with_part(rels, relation.format(there, 'TargetMode="External"')),
        "formula": workbook(("unit", "email"), ('=WEBSERVICE("' + there + '")', "=1+1")),
        "a million rows": with_part(SHEET, sheet("<row/>" * 1_000_000)),
        "no XML": with_part(SHEET, b"\x00\xff<worksheet"),
        "wrong type": b"%PDF-1.7\n" + b"\x00\xff" * 200,
        "old Excel": b"\xd0\xcf\x11\xe0" + b"\x00" * 600,
        "NUL": b"unit,email\nWard\x007,ann@ward.example\n",
    }


def _many_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for number in range(2_000):
            new.writestr(f"xl/{number}", b"")
    return out.getvalue()


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("place", ["units", "staff", "instrument"])
def test_no_workbook_gets_in(
    place: str, member: Attacker, ours: dict[str, str], listener: socket.socket
) -> None:
    wrong = []
    with unchanged():
        for kind, content in workbooks(listener.getsockname()[1]).items():
            body, form = multipart(content, name="list.xlsx")
            answer = member.post(ours[place], body, **{"Content-Type": form})
            if answer.status not in (413, 422):
                wrong.append(f"{kind}: {answer.status}")
    assert not wrong, "\n".join(wrong)


def test_a_macro_is_not_run_and_odd_names_are_names(member: Attacker, ours: dict[str, str]) -> None:
    with unchanged():
        body, form = multipart(with_part("xl/vbaProject.bin", b"\xcc" * 999), name="list.xlsm")
        assert member.post(ours["units"], body, **{"Content-Type": form}).status in (200, 422)
        for name in ("a\x00b.xlsx", "../../etc/passwd", "x" * 3_000, "<b>.csv", "a\u202egpj.xlsx"):
            for place in ("units", "staff", "instrument"):
                body, form = multipart(b"unit,email\n", name=name)
                answer = member.post(ours[place], body, **{"Content-Type": form})
                assert answer.status in (200, 400, 422), (name, place)
                assert "<b>.csv" not in answer.text


def test_only_pixels_of_a_picture_get_in(
    member: Attacker, ours: dict[str, str], listener: socket.socket
) -> None:
    port = listener.getsockname()[1]
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:{port}/"/></svg>'
    refused = {
        "SVG": svg.encode(),
        "HTML": b"<!doctype html><script>1</script>",
        "GIF": b"GIF89a" + b"\x00" * 200,
        "cut off": png()[:40],
        "workbook": workbook(),
        "a head alone": b"\x89PNG\r\n\x1a\n" + svg.encode(),
        "too many dots": png()[:16] + b"\x00\x00\xff\xff\x00\x00\xff\xff" + png()[24:],
    }
    wrong = []
    with unchanged():
        for kind, content in refused.items():
            body, form = multipart(content, name="a.png", kind="image/png", fields=CAPTION)
            answer = member.post(ours["picture"], body, **{"Content-Type": form})
            if answer.status not in (413, 422):
                wrong.append(f"{kind}: {answer.status}")
    assert not wrong, "\n".join(wrong)

    # A picture that is also a workbook and a page: what comes after its pixels stays behind.
    body, form = multipart(png() + b"<script>" + workbook(), name="a.png", fields=CAPTION)
    assert member.post(ours["picture"], body, **{"Content-Type": form}).status == 302
    kept = bytes(Attachment.objects.get().content)
    assert kept.startswith(b"\x89PNG") and b"<script>" not in kept and b"PK\x03\x04" not in kept


CAPTION = {"caption": "The board"}
