"""Releasing the sums over a survey's units: once all have ended, and anew after a correction."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from organisations.actions.audit_log import record
from organisations.models import Unit
from scoring.models import ParentSnapshot
from scoring.queries.released import columns_behind_all, survey_snapshots
from scoring.queries.version_layout import sheet_layout, wording_for
from scoring.rules.layout import Layout
from scoring.rules.release import Wording
from scoring.rules.sums import Sum, SummedUnit, SumNode, joined_pools, release_sum
from surveys.actions.locks import lock_survey
from surveys.models import Survey, SurveyUnit


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
    units = survey.survey_units.filter(mode=SurveyUnit.Mode.SEALED).exclude(
        state=SurveyUnit.State.CANCELLED
    )
    for unit in units.order_by("pk"):
        node = top
        for pk in map(int, unit.unit_path.strip("/").split("/")[:-1]):
            node = node.nodes.setdefault(pk, _Node(pk))
        node.asked.append(unit)
    sums = _Sum(survey, asked.layout, wording)
    sums.below(top)
    return sums.created


class _Sum:
    """Walks the tree from its leaves and keeps what it releases."""

    def __init__(self, survey: Survey, layout: Layout, wording: Wording) -> None:
        self.survey, self.layout, self.wording = survey, layout, wording
        self.created: list[ParentSnapshot] = []
        earlier = list(ParentSnapshot.objects.filter(survey=survey))
        self.numbers: dict[int | None, int] = defaultdict(int)
        for one in earlier:
            self.numbers[one.unit_id] = max(self.numbers[one.unit_id], one.number)
        self.remembered = joined_pools([one.pools for one in earlier])
        found = survey_snapshots(survey)
        columns = columns_behind_all(survey, found, layout)
        self.snapshots = {
            one.pk: SummedUnit(one.survey_unit_id, one.pk, columns[one.pk], one.payload)
            for one in found
            if one.pk in columns
        }
        self.latest = {unit.key: unit for unit in self.snapshots.values()}
        self.names: dict[int | None, str] = dict(
            Unit.objects.filter(organisation=survey.organisation_id).values_list("pk", "name")
        )

    def below(self, node: _Node) -> SumNode:
        """The node with what was released of it; its own sum is kept if it has two parts."""
        nodes = [self.below(child) for child in node.nodes.values()]
        found = SumNode(
            tuple(self.latest[unit.pk] for unit in node.asked if unit.pk in self.latest),
            tuple(each for each in nodes if any(each.all_units())),
        )
        if len(found.units) + len(found.nodes) >= 2 or self.numbers[node.unit_id]:
            released = release_sum(
                layout=self.layout,
                node=found,
                asked=sum(1 for _ in node.all_asked()),
                wording=self.wording,
                remembered=self.remembered,
                snapshots=self.snapshots,
            )
            if released is not None:
                self._keep(node, found, released)
        return found

    def _keep(self, node: _Node, found: SumNode, released: Sum) -> None:
        self.numbers[node.unit_id] += 1
        number = self.numbers[node.unit_id]
        snapshot = ParentSnapshot.objects.create(
            survey=self.survey,
            unit_id=node.unit_id,
            name=self.names.get(node.unit_id, self.survey.organisation.name),
            number=number,
            released_at=timezone.now(),
            parts=[unit.snapshot for unit in found.all_units()],
            payload=released.payload,
            pools=released.pools,
        )
        self.created.append(snapshot)
        record(
            action="sum published",
            on=snapshot,
            organisation=self.survey.organisation,
            by=None,
            survey=self.survey.pk,
            unit=node.unit_id,
            number=number,
        )
