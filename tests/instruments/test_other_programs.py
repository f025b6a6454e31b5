"""Questionnaires of other programs: which words and numbers are a scale, and what is asked.

Over 300 lines: each program's file stands beside what is read from it.
"""

import io
import json
import time
import zipfile

import pytest

from instruments.exchange.read_file import read_content
from instruments.rules.version_text import Found, VersionText
from tests.instruments.other_files import (
    HEAD,
    form,
    lss_of_before,
    lss_of_today,
    structure,
    words_only,
)


def taken(found: Found) -> VersionText:
    assert found.errors == ()
    assert found.version is not None
    return found.version


class TestCannotSay:
    @pytest.mark.parametrize(
        "words",
        [
            "Not applicable", "N/A", "Don't know", "Don’t know", "I do not know", "No answer",
            "Not applicable to my role", "Don't know / not applicable", "Prefer not to say",
            "Sans objet", "Ne sait pas", "Weiß nicht", "Keine Angabe", "Trifft nicht zu",
            "Ddim yn gwybod", "Amherthnasol", "No sabe / no contesta", "Non so", "N.v.t.",
            "Nie wiem", "Não se aplica", "لا ينطبق", "不适用", "पता नहीं", "Unsure",
            "N/A (not my role)", "99 - Not applicable", "Don't know [do not read out]",
            "Not sure / can't say", "Unable to comment", "I have no experience of this",
            "Non concerné(e)", "Weiß ich nicht", "Dim barn", "Hard to say",
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("place", [0, 3])
    def test_words_say_so_whatever_the_code(self, words: str, place: int) -> None:
        options = ["Never", "Sometimes", "Always"]
        options.insert(place, words)
        found = read_content(structure(*((f"A{n}", w) for n, w in enumerate(options, 1))), "a.txt")
        version = taken(found)
        assert version.instrument.labels == ("Never", "Sometimes", "Always")
        assert version.not_sure_label == words
        assert f"“{words}” is read as “I can’t say”" in found.said[0]

    def test_signs_that_turn_a_line_are_left_out_of_every_text(self) -> None:
        options = (("A1", "Ne\u202ever"), ("A2", "Al\u2066ways"), ("A3", "Not\u202e applicable"))
        version = taken(read_content(structure(*options), "a.txt"))
        assert version.instrument.labels == ("Never", "Always")
        assert version.not_sure_label == "Not applicable"

    @pytest.mark.parametrize(
        "labels",
        [
            ("Not relevant", "A bit relevant", "Very relevant"),
            ("Does not apply", "Applies in part", "Applies fully"),
            ("Trifft nicht zu", "Trifft teilweise zu", "Trifft zu"),
            ("Disagree", "Not sure", "Agree"),
            ("No", "Yes"),
            ("No experience", "Some experience", "Much experience"),
            ("Not seen", "Seen once", "Seen often"),
        ],
    )
    def test_points_of_a_scale_stay_points(self, labels: tuple[str, ...]) -> None:
        found = read_content(structure(*((str(n), w) for n, w in enumerate(labels))), "a.txt")
        assert taken(found).instrument.labels == labels

    def test_the_file_may_say_it_in_another_language_only(self) -> None:
        rows = structure(("1", "-"), ("2", "Low"), ("3", "High")).decode()
        rows += "G\t1\tUn\t\tfr\nQ\tF\tQ1\tCombien\tfr\nA\t0\t1\tSans objet\tfr\n"
        version = taken(read_content(rows.encode(), "a.txt"))
        assert version.instrument.labels == ("Low", "High")
        assert version.translations[0].not_sure_label == "Sans objet"

    def test_a_second_one_is_named(self) -> None:
        found = read_content(
            structure(("1", "Low"), ("2", "High"), ("8", "Don't know"), ("9", "No answer")), "a.txt"
        )
        assert taken(found).not_sure_label == "Don't know"
        assert [one.what for one in found.not_carried] == ["No answer"]

    @pytest.mark.parametrize(("code", "points"), [("4", 4), ("5", 4), ("6", 3), ("99", 3)])
    def test_a_far_number_stands_apart_and_a_near_one_is_a_point(
        self, code: str, points: int
    ) -> None:
        options = (("1", "Low"), ("2", "Middle"), ("3", "High"), (code, "Other"))
        version = taken(read_content(structure(*options), "a.txt"))
        assert len(version.instrument.labels) == points


class TestNumbers:
    def test_options_without_values_are_numbered_and_asked_about(self) -> None:
        found = read_content(words_only("Agree fully", "Agree partly", "Do not agree"), "a.txt")
        of = taken(found).instrument
        assert (of.minimum, of.labels[0]) == (0, "Agree fully")
        (asked,) = found.asked
        assert "made up" in asked.question and "Which end is high?" in asked.question
        assert asked.answers == ("Agree fully", "Do not agree")
        turned = taken(found).turned().instrument
        assert (turned.minimum, turned.maximum) == (0, 2)
        assert turned.labels == ("Do not agree", "Agree partly", "Agree fully")

    @pytest.mark.parametrize(
        ("words", "is_asked"),
        [
            (("Never", "Sometimes", "Always"), False),
            (("Strongly agree", "Agree", "Disagree"), True),
            (("Blue", "Green", "Red"), True),
            (("Never", "Sometimes", "Always", "Something else"), True),
            (("Not at all", "A little", "To a very great extent"), False),
            (("Jamais", "Parfois", "Toujours"), False),
        ],
    )
    def test_codes_that_only_count_are_asked_about_unless_words_begin_low(
        self, words: tuple[str, ...], is_asked: bool
    ) -> None:
        options = [(f"AO0{n}", word) for n, word in enumerate(words, start=1)]
        found = read_content(structure(*options), "a.txt")
        assert bool(found.asked) is is_asked
        assert taken(found).instrument.labels == words

    @pytest.mark.parametrize(
        ("words", "minimum", "lowest"),
        [
            (("0 – Never", "1", "2", "3 – Always"), 0, "0 – Never"),
            (("5 Always", "4", "3", "2", "1 Never"), 1, "1 Never"),
        ],
    )
    def test_numbers_before_the_words_are_the_numbers(
        self, words: tuple[str, ...], minimum: int, lowest: str
    ) -> None:
        found = read_content(words_only(*words), "a.txt")
        of = taken(found).instrument
        assert (of.minimum, of.labels[0], found.asked) == (minimum, lowest, ())

    def test_numbers_with_gaps_give_the_order_and_it_is_said(self) -> None:
        found = read_content(structure(("100", "High"), ("50", "Half"), ("0", "Low")), "a.txt")
        of = taken(found).instrument
        assert (of.minimum, of.labels) == (0, ("Low", "Half", "High"))
        assert found.asked == () and "leave gaps" in found.said[0]

    @pytest.mark.parametrize(("options", "is_read"), [(10, True), (11, True), (12, False)])
    def test_a_scale_has_at_most_eleven_points(self, options: int, is_read: bool) -> None:
        rows = structure(*((str(n), f"Point {n}") for n in range(options)))
        assert (read_content(rows, "a.txt").errors == ()) is is_read

    def test_time_grows_with_the_size_of_the_file_and_not_with_its_square(self) -> None:
        def seconds(rows: bytes) -> float:
            began = time.process_time()
            read_content(rows, "a.txt")
            return time.process_time() - began

        def options(number: int) -> bytes:
            return structure(*((f"x{n}", f"Place {n}") for n in range(number)), kind="L")

        def groups(number: int) -> bytes:
            rows = (f"G\t{n}\tG{n}\t\ten\nQ\t5\tQ{n}\tHow?\ten\n" for n in range(number))
            return (HEAD + "".join(rows)).encode()

        for made in (options, groups):
            seconds(made(10))
            # Eight times the rows; growing with the square it would be 64 times the seconds.
            assert seconds(made(8000)) < 32 * max(seconds(made(1000)), 0.02)


@pytest.mark.parametrize(
    "given", ['"""fr de-informal"""', "'fr de-informal'", '"fr de-informal"', "fr, de-informal"]
)
def test_languages_are_read_in_quotation_marks(given: str) -> None:
    settings = f"S\t\tlanguage\t'en'\t\nS\t\tadditional_languages\t{given}\t\n"
    rows = structure(("0", "Low"), ("1", "High"), settings=settings)
    assert taken(read_content(rows, "a.txt")).languages == ("en", "fr", "de-informal")


def test_groups_of_one_name_are_two_sections() -> None:
    rows = HEAD + "".join(f"G\t{n}\tWard\t\ten\nQ\t5\tQ{n}\tHow?\ten\n" for n in (1, 2))
    sections = taken(read_content(rows.encode(), "a.txt")).instrument.sections
    assert [section.code for section in sections] == ["Ward", "S02"]


class TestLss:
    @pytest.mark.parametrize("made", [lss_of_today, lss_of_before])
    def test_xml_is_read_as_the_table_is(self, made) -> None:
        version = taken(read_content(made(), "a.lss"))
        of = version.instrument
        assert (of.title, of.language, of.labels) == ("Climate", "en", ("Never", "Often"))
        (section,) = of.sections
        assert (section.code, section.title, section.stem) == ("Q1", "Ward", "To what extent:")
        assert [(i.code, i.text) for i in section.items] == [("S1", "do we rest?"), ("S2", "b?")]
        assert version.languages == ("en", "cy")
        assert version.labels["cy"] == ("Byth", "Yn aml")
        assert version.translations[0].sections[0].items[0].text == "gorffwys?"
        assert (version.not_sure_label, version.translations[0].not_sure_label) == (
            "No answer",
            "Dim ateb",
        )

    def test_what_is_not_carried_is_named_with_its_line(self) -> None:
        found = read_content(lss_of_today(), "a.lss")
        left = [(one.where, one.what) for one in found.not_carried]
        for what in ("conditions", "mandatory", "random_order=1"):
            assert any(said == what and where.startswith("line 4") for where, said in left)

    @pytest.mark.parametrize(
        ("before", "after", "says"),
        [
            (b"<document>", b'<!DOCTYPE d [<!ENTITY a "b">]><document>', "declares entities"),
            (b">Survey<", b">Question<", "of a question. Export the whole survey"),
            (b"</document>", b"", "no XML"),
        ],
    )
    def test_hostile_and_broken_xml_is_refused(
        self, before: bytes, after: bytes, says: str
    ) -> None:
        found = read_content(lss_of_today().replace(before, after), "a.lss")
        assert says in " ".join(found.errors)


SURVEY = (
    ("type", "name", "label::English (en)", "label::Français (fr)", "hint::English (en)"),
    ("start", "start", None, None, None),
    ("begin_group", "g", "Ward", "Service", None),
    ("select_one agree", "q1", "We have time", "Du temps", "On most days"),
    ("select_one agree", "q2", "We are <b>heard</b>", None, None),
    ("select_one yesno", "q3", "Is there a bell?", None, None),
    ("text", "why", "Why?", None, None),
    ("end_group", None, None, None, None),
    ("begin_repeat", "r", "Each", None, None),
    ("select_one agree", "q4", "In a repeat", None, None),
    ("end_repeat", None, None, None, None),
)
CHOICES = (
    ("list_name", "name", "label::English (en)", "label::Français (fr)"),
    ("agree", 1, "Never", "Jamais"),
    ("agree", 2, "Sometimes", "Parfois"),
    ("agree", 3, "Always", "Toujours"),
    ("agree", 99, "Don't know", "Ne sait pas"),
    ("yesno", "yes", "Yes", "Oui"),
    ("yesno", "no", "No", "Non"),
)


class TestXlsForm:
    def test_a_form_is_read_with_its_groups_languages_and_numbers(self) -> None:
        found = read_content(form(SURVEY, CHOICES, [["form_title"], ["Ward day"]]), "a.xlsx")
        version = taken(found)
        of = version.instrument
        assert (of.title, of.language) == ("Ward day", "en")
        assert (of.minimum, of.maximum, of.labels) == (1, 3, ("Never", "Sometimes", "Always"))
        (section,) = of.sections
        assert (section.title, section.stem) == ("Ward", "Ward")
        assert [(i.code, i.text, i.help) for i in section.items] == [
            ("q1", "We have time", "On most days"),
            ("q2", "We are heard", ""),
        ]
        assert version.labels["fr"] == ("Jamais", "Parfois", "Toujours")
        assert version.translations[0].sections[0].items[0].text == "Du temps"
        assert version.translations[0].not_sure_label == "Ne sait pas"
        left = {one.what for one in found.not_carried}
        assert {"start", "Why?", "Is there a bell?", "r", "q4", "formatting <b>"} <= left

    def test_numbers_as_text_and_questions_that_are_off(self) -> None:
        survey = (
            ("type", "name", "label", "disabled"),
            ("select_one a", "q1", "Time?", "yes"),
            ("select_one a", "q2", "Rest?", ""),
        )
        choices = (("list_name", "name", "label"), ("a", "1.0", "Never"), ("a", "2.0", "Often"))
        found = read_content(form(survey, choices), "Day.xlsx")
        of = taken(found).instrument
        assert (of.minimum, [one.text for one in of.sections[0].items]) == (1, ["Rest?"])
        assert found.asked == () and [one.what for one in found.not_carried] == ["q1"]

    def test_names_that_begin_alike_cost_each_once(self) -> None:
        def seconds(number: int) -> float:
            rows = [
                ("select_one a", f"how_often_is_there_time_{n}", "Time?") for n in range(number)
            ]
            made = form((("type", "name", "label"), *rows), _CHOICES)
            began = time.process_time()
            read_content(made, "a.xlsx")
            return time.process_time() - began

        seconds(10)
        # Four times the rows; growing with the square it would be 16 times the seconds.
        assert seconds(3200) < 10 * max(seconds(800), 0.02)

    def test_plain_labels_long_names_and_no_group(self) -> None:
        survey = (
            ("type", "name", "label", "required"),
            ("select_one a", "how_often_do_you_have_time", "Time?", "yes"),
            ("select one a or_other", "how_often_do_you_have_rest", "Rest?", ""),
        )
        found = read_content(form(survey, (("list name", "name", "label"), *_LOW_HIGH)), "Day.xlsx")
        (section,) = taken(found).instrument.sections
        assert section.title == "Day"
        codes = [item.code for item in section.items]
        assert len(set(codes)) == 2 and all(len(code) <= 20 for code in codes)
        assert {"mandatory", "other"} <= {one.what for one in found.not_carried}
        assert found.asked and found.asked[0].answers == ("High", "Low")

    @pytest.mark.parametrize(
        ("survey", "says"),
        [
            ((SURVEY[0], ("select_one nowhere", "q", "a", None, None)), "has no list nowhere"),
            ((*SURVEY[:7],), "begins here and never ends"),
            ((SURVEY[0], SURVEY[3], SURVEY[3]), "q1 is used twice"),
            ((SURVEY[0], SURVEY[7], SURVEY[3]), "ends what never began"),
            ((SURVEY[0],), "no question in this file"),
        ],
    )
    def test_a_broken_form_is_refused_with_its_row(
        self, survey: tuple[tuple[object, ...], ...], says: str
    ) -> None:
        assert says in " ".join(read_content(form(survey, CHOICES), "a.xlsx").errors)


_CHOICES = (("list_name", "name", "label"), ("a", 1, "Never"), ("a", 2, "Often"))
_LOW_HIGH = (("a", "h", "High"), ("a", "l", "Low"))


def _zip(*names: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return kept.getvalue()


_REDCAP = b'"Variable / Field Name","Form Name","Section Header","Field Type"\nid,one,,text\n'
_PAGES = {"pages": [{"name": "p", "elements": [{"type": "rating", "name": "q"}]}]}


@pytest.mark.parametrize(
    ("name", "content", "is_a", "instead"),
    [
        ("a.qsf", b'{"SurveyEntry": {}, "SurveyElements": []}', "Qualtrics", "Word"),
        ("a", b'{"SurveyEntry": {"x": "' + b"y" * 1_100_000 + b'"}}', "Qualtrics", "Word"),
        ("a.txt", b"[[AdvancedFormat]]\n[[Question:MC]]\nHow?\n", "Qualtrics", "Word"),
        ("a.json", json.dumps(_PAGES).encode(), "SurveyJS", "spreadsheet"),
        ("b", b'{"elements": [{"type": "text", "name": "q"}]}', "SurveyJS", "spreadsheet"),
        ("a.gift", b"::Q1:: Who wrote this? {=Ann ~Bob}\n", "GIFT", "spreadsheet"),
        ("b.txt", b"// first\nThe sky is blue.{TRUE}\n", "GIFT", "spreadsheet"),
        ("a.xml", b"<?xml version='1.0'?><quiz><question/></quiz>", "Moodle", "spreadsheet"),
        ("a.csv", _REDCAP, "REDCap", "spreadsheet"),
        ("a.csv", b"\xef\xbb\xbf" + _REDCAP.replace(b",", b";"), "REDCap", "spreadsheet"),
        ("a.csv", b"field_name,form_name,field_type\nid,one,text\n", "REDCap", "spreadsheet"),
        ("a.txt", _REDCAP.replace(b",", b"\t"), "REDCap", "spreadsheet"),
        ("a.xlsx", form([["Variable / Field Name", "F"], ["a", "b"]], []), "REDCap", "xlsx"),
        ("a.xlsx", form([["ID", "Start time", "Q1"], [1, 2, 3]], []), "answers", "spreadsheet"),
        ("a.xlsx", form([["Question", "Help"], ["How?", ""]], []), "none of ours", "spreadsheet"),
        ("a.json", b'{"content": {"1": {"type": "control_radio"}}}', "Jotform", "spreadsheet"),
        ("a.json", b'{"title": "x", "fields": [{"title": "q"}]}', "Typeform", "spreadsheet"),
        ("a.csv", b"code,statement\nA1,we rest\n", "CSV", "xlsx"),
        ("a.docx", _zip("word/document.xml"), "Word document", "spreadsheet"),
        ("a.ods", _zip("mimetype", "content.xml"), "OpenDocument", "xlsx"),
        ("a.lsa", _zip("survey_1.lss"), "archive", ".lss"),
        ("a.pdf", b"%PDF-1.7 x", "PDF", "spreadsheet"),
        ("a.html", b"<html><body>", "web page", "spreadsheet"),
    ],
)
def test_one_sentence_names_the_file_and_what_to_bring_instead(
    name: str, content: bytes, is_a: str, instead: str
) -> None:
    (sentence,) = read_content(content, name).errors
    assert is_a in sentence and instead in sentence
    assert sentence.count(". ") == 0 and sentence.endswith(".")
