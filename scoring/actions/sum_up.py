"""Releasing the sums over a survey's units: once all have ended, and anew after a correction."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import add

from django.db import transaction
from django.utils import timezone

from organisations.audit import record
from organisations.models import Unit
from scoring.counts import count_answers
from scoring.decoys import draw
from scoring.layout import Layout
from scoring.models import ParentSnapshot, Snapshot
from scoring.parents import Released, release_parent
from scoring.queries.released import counts_behind_all, survey_snapshots
from scoring.queries.version_layout import sheet_layout, wording_for
from scoring.release import Wording, empty_payload
from surveys.actions.turning import lock_survey
from surveys.models import Survey, SurveyUnit
from surveys.tokens import decoy_key


@dataclass
class _Node:
    """A unit of the tree as it stood at opening; None is the whole survey."""

    unit_id: int | None
    nodes: dict[int, "_Node"] = field(default_factory=dict)
    asked: list[SurveyUnit] = field(default_factory=list)

    def all_asked(self) -> Iterator[SurveyUnit]:
        yield from self.asked
        for node in self.nodes.values():
            yield from node.all_asked()


@transaction.atomic
def sum_up(*, survey: Survey) -> list[ParentSnapshot]:
    """Releases a sum for each unit of the tree that has at least two released units below it.

    Ward sheets only: a joint sheet is one sheet and no part of any sum. Nothing is counted anew.
    """
    survey = lock_survey(survey.pk)
    if survey.state != Survey.State.PUBLISHED:
        return []
    asked = sheet_layout(survey.version, survey.ward_edition)
    wording = wording_for(version=survey.version, edition=survey.ward_edition)
    top = _Node(None)
    units = survey.survey_units.filter(way=SurveyUnit.Way.WARD).exclude(
        state=SurveyUnit.State.CANCELLED
    )
    for unit in units.order_by("pk"):
        node = top
        for pk in map(int, unit.unit_path.strip("/").split("/")[:-1]):
            node = node.nodes.setdefault(pk, _Node(pk))
        node.asked.append(unit)
    made = _Sum(survey, asked.layout, wording)
    made.below(top)
    return made.snapshots


class _Sum:
    """Walks the tree from its leaves and keeps what it releases."""

    def __init__(self, survey: Survey, layout: Layout, wording: Wording) -> None:
        self.survey, self.layout, self.wording = survey, layout, wording
        self.snapshots: list[ParentSnapshot] = []
        self.earlier: dict[int | None, list[ParentSnapshot]] = defaultdict(list)
        for one in ParentSnapshot.objects.filter(survey=survey).order_by("number"):
            self.earlier[one.unit_id].append(one)
        found = survey_snapshots(survey)
        self.by_pk = {one.pk: one for one in found}
        self.latest = {one.survey_unit_id: one for one in found}
        self.counts = counts_behind_all(survey, found, layout)
        self.names: dict[int | None, str] = dict(
            Unit.objects.filter(organisation=survey.organisation_id).values_list("pk", "name")
        )

    def below(self, node: _Node) -> list[Released]:
        """The node's own sum, or what it would consist of where it is none by itself."""
        parts = [released for child in node.nodes.values() for released in self.below(child)]
        parts += [found for unit in node.asked if (found := self._unit(unit)) is not None]
        if len(parts) < 2 and not self.earlier[node.unit_id]:
            return parts
        before = self.earlier[node.unit_id]
        released = release_parent(
            layout=self.layout,
            key=str(node.unit_id or ""),
            parts=parts,
            asked=sum(1 for _ in node.all_asked()),
            wording=self.wording,
            earlier=[self._as_released(one) for one in before if one.payload["sections"]],
            decoys=draw(
                decoy_key(),
                f"survey {self.survey.pk} parent {node.unit_id or ''}",
                [section.code for section in self.layout.sections],
            ),
        )
        if released is None:
            released = self._nothing_left(node)
        self._keep(node, released, number=len(before) + 1)
        return [released]

    def _nothing_left(self, node: _Node) -> Released:
        """A sum whose units were all corrected away."""
        payload = empty_payload(self.layout, self.wording, None, 0, "corrected")
        payload["units"] = {"released": 0, "asked": sum(1 for _ in node.all_asked())}
        return Released(str(node.unit_id or ""), count_answers(self.layout, ()), payload)

    def _keep(self, node: _Node, released: Released, *, number: int) -> None:
        snapshot = ParentSnapshot.objects.create(
            survey=self.survey,
            unit_id=node.unit_id,
            name=self.names.get(node.unit_id, self.survey.organisation.name),
            number=number,
            released_at=timezone.now(),
            parts=[
                self.latest[int(unit.key)].pk for part in released.parts for unit in part.units()
            ],
            payload=released.payload,
        )
        self.snapshots.append(snapshot)
        record(
            action="sum published",
            on=snapshot,
            organisation=self.survey.organisation,
            by=None,
            survey=self.survey.pk,
            unit=node.unit_id,
            number=number,
        )

    def _as_released(self, earlier: ParentSnapshot) -> Released:
        parts = [found for pk in earlier.parts if (found := self._released(self.by_pk[pk]))]
        counts = reduce(add, (part.counts for part in parts))
        return Released(str(earlier.unit_id or ""), counts, earlier.payload, tuple(parts))

    def _unit(self, unit: SurveyUnit) -> Released | None:
        snapshot = self.latest.get(unit.pk)
        return None if snapshot is None else self._released(snapshot)

    def _released(self, snapshot: Snapshot) -> Released | None:
        counts = self.counts.get(snapshot.pk)
        if counts is None or not snapshot.payload["sections"]:
            return None
        # The unit's key, not the snapshot's: a correction is the same unit.
        return Released(str(snapshot.survey_unit_id), counts, snapshot.payload)
