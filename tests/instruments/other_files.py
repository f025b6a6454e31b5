"""Small files as other programs write them."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

HEAD = "class\ttype/scale\tname\ttext\tlanguage\n"


def structure(*options: tuple[str, str], kind: str = "F", settings: str = "") -> bytes:
    """LimeSurvey's tab-separated structure with one array and these answer options."""
    rows = [f"G\t1\tOne\t\ten\nQ\t{kind}\tQ1\tTo what extent:\ten\nSQ\t0\tS1\tdo we rest?\ten"]
    rows += [f"A\t0\t{code}\t{words}\ten" for code, words in options]
    return (HEAD + settings + "\n".join(rows) + "\n").encode()


def words_only(*words: str) -> bytes:
    """The same with codes that say nothing."""
    return structure(*((f"x{'abcdefghijklmnop'[n]}", word) for n, word in enumerate(words)))


def form(
    survey: Sequence[Sequence[object]],
    choices: Sequence[Sequence[object]],
    settings: Sequence[Sequence[object]] = (),
) -> bytes:
    """An XLSForm; the first row of each sheet names its columns."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in (("survey", survey), ("choices", choices), ("settings", settings)):
        if rows:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(tuple(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _rows(table: str, *rows: Mapping[str, object]) -> str:
    fields = (
        "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in row.items())
        for row in rows
    )
    return f"<{table}><rows>{''.join(f'<row>{one}</row>' for one in fields)}</rows></{table}>"


def _document(*tables: str) -> bytes:
    kind = "<LimeSurveyDocType>Survey</LimeSurveyDocType>"
    return f'<?xml version="1.0"?>\n<document>\n{kind}\n{"".join(tables)}</document>'.encode()


OPTIONS = (("A1", "Never", "Byth"), ("A2", "Often", "Yn aml"), ("A3", "No answer", "Dim ateb"))


def lss_of_today() -> bytes:
    """An .lss of LimeSurvey 4 and later: texts in tables of their own."""
    question = {"sid": 5, "gid": 7, "relevance": 1, "scale_id": 0}
    answers = [
        {"aid": n, "qid": 1, "code": code, "sortorder": n, "assessment_value": 0, "scale_id": 0}
        for n, (code, *_) in enumerate(OPTIONS, start=1)
    ]
    spoken = [
        {"aid": n, "answer": words, "language": language}
        for n, (_, *texts) in enumerate(OPTIONS, start=1)
        for language, words in zip(("en", "cy"), texts, strict=True)
    ]
    texts = {
        1: ("To what extent:", "I ba raddau:"),
        2: ("do we rest?", "gorffwys?"),
        3: ("b?", "c?"),
    }
    return _document(
        _rows("answers", *answers),
        _rows("answer_l10ns", *spoken),
        _rows("groups", {"gid": 7, "group_order": 1, "grelevance": 1}),
        _rows(
            "group_l10ns",
            {"gid": 7, "group_name": "Ward", "description": "", "language": "en"},
            {"gid": 7, "group_name": "Y ward", "description": "", "language": "cy"},
        ),
        _rows(
            "questions",
            {**question, "qid": 1, "parent_qid": 0, "type": "F", "title": "Q1", "mandatory": "Y"},
        ),
        _rows(
            "subquestions",
            {**question, "qid": 3, "parent_qid": 1, "title": "S2", "question_order": 2},
            {**question, "qid": 2, "parent_qid": 1, "title": "S1", "question_order": 1},
        ),
        _rows(
            "question_l10ns",
            *(
                {"qid": key, "question": f"<p>{words}</p>", "help": "", "language": language}
                for key, both in texts.items()
                for language, words in zip(("en", "cy"), both, strict=True)
            ),
        ),
        _rows("question_attributes", {"qid": 1, "attribute": "random_order", "value": 1}),
        _rows("surveys", {"sid": 5, "language": "en", "additional_languages": "cy"}),
        _rows("surveys_languagesettings", {"surveyls_language": "en", "surveyls_title": "Climate"}),
        _rows("conditions", {"cid": 1}),
    )


def lss_of_before() -> bytes:
    """The same as LimeSurvey 2 and 3 wrote it: a row for each language."""
    answers, questions, parts, groups = [], [], [], []
    for place, language in enumerate(("en", "cy")):
        groups.append({
            "gid": 7, "group_name": ("Ward", "Y ward")[place], "group_order": 1,
            "description": "", "language": language,
        })  # fmt: skip
        questions.append({
            "qid": 1, "parent_qid": 0, "gid": 7, "type": "F", "title": "Q1", "language": language,
            "question": ("To what extent:", "I ba raddau:")[place], "relevance": 1,
        })  # fmt: skip
        parts += [
            {
                "qid": key, "parent_qid": 1, "gid": 7, "title": f"S{key - 1}", "language": language,
                "question": words[place], "question_order": key,
            }
            for key, words in {2: ("do we rest?", "gorffwys?"), 3: ("b?", "c?")}.items()
        ]  # fmt: skip
        answers += [
            {"qid": 1, "code": code, "answer": words[place], "sortorder": n, "language": language}
            for n, (code, *words) in enumerate(OPTIONS, start=1)
        ]
    return _document(
        _rows("answers", *answers), _rows("groups", *groups), _rows("questions", *questions),
        _rows("subquestions", *parts),
        _rows("surveys", {"sid": 5, "language": "en", "additional_languages": "cy"}),
        _rows("surveys_languagesettings", {"surveyls_language": "en", "surveyls_title": "Climate"}),
    )  # fmt: skip
