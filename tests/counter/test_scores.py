"""The metrics of QĐ 766/QĐ-TTg against the reference figures."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from counter.scores import MOST, Counts, Metric, Score, scores_of


@pytest.fixture(scope="module")
def agreed(shared: Path) -> dict[str, Any]:
    text = (shared / "domain" / "qd766_metrics.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def by_metric(counts: Counts) -> dict[str, Score]:
    return {score.metric.value: score for score in scores_of(counts).lines}


def test_each_metric_has_the_code_and_the_points_of_the_index(agreed: dict[str, Any]) -> None:
    most = {m["code"]: m["max"] for group in agreed["groups"] for m in group["metrics"]}

    assert {metric.value: MOST[metric] for metric in Metric}.items() <= most.items()
    assert sum(group["weight"] for group in agreed["groups"]) == agreed["total"]
    for group in agreed["groups"]:
        assert sum(metric["max"] for metric in group["metrics"]) == group["weight"]


def test_every_vector_gives_its_points(agreed: dict[str, Any]) -> None:
    wrong = []
    for vector in agreed["vectors"]:
        found = by_metric(
            Counts(
                received=vector.get("received", 0),
                synced=vector.get("synced", 0),
                done=vector.get("done", 0),
                on_time=vector.get("on_time", 0),
                overdue=vector.get("overdue_open", 0),
                digital_results=vector.get("with_digital_result", 0),
            )
        )
        for key, points in vector.items():
            if key.startswith("score_"):
                ours = found[key.removeprefix("score_")].points
                wrong += [] if ours == Decimal(str(points)) else [(vector["id"], key, ours)]
            elif key == "score":
                counted = [s.points for s in found.values() if s.points is not None]
                wrong += [(vector["id"], key, ours) for ours in counted]

    assert wrong == []
    assert len(agreed["vectors"]) >= 4


def test_nothing_counted_is_neither_zero_nor_full() -> None:
    assert {score.points for score in scores_of(Counts()).lines} == {None}
