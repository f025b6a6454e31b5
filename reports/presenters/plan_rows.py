"""What followed from a result as rows: the decision, debriefs, priorities and actions.

A workbook has them as a sheet of its own, a CSV file after the figures.
"""

from debriefs.presenters.plan import ActionRow
from reports.presenters.book import Row
from reports.presenters.source import Source

HEAD = ("what", "text", "about", "owner", "due", "status", "outcome")


def plan_rows(source: Source) -> list[Row]:
    """The head, then a row each; the head alone while nothing is decided."""
    rows: list[Row] = [HEAD]
    if not source.beside.followed.debriefs:
        return rows
    brief = source.brief
    if brief.now:
        now = brief.now
        rows.append(("now", now.heading, now.why, now.who, "", "", now.keeps))
    if brief.decided:
        decided = brief.decided
        rows.append(("decision", decided.choice, decided.reason, "", decided.day, "", ""))
        rows += [("reply", one.reply, f"{one.name}: {one.choice}", "", "", "", "")
                 for one in decided.replies]  # fmt: skip
    rows += [("debrief", one.choice, one.reason, one.name, one.day, "", one.count)
             for one in brief.meetings]  # fmt: skip
    rows += [("note", note, "", "", "", "", "") for note in brief.notes]
    for card in brief.priorities:
        rows.append(("priority", card.title, card.wording, "", "", "", card.help_from))
        rows += [_action("action", one, card.title) for one in card.actions]
    rows += [_action("promise", one, "") for one in brief.promises]
    return rows


def _action(what: str, one: ActionRow, about: str) -> Row:
    return (what, one.what, about, one.owner, one.due, one.state, one.outcome)
