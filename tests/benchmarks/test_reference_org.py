"""The org that everything is measured with."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from benchmarks.reference_org import Ref, Size, reference_org, resolved


def test_it_has_so_many_of_each_kind() -> None:
    assert Counter(item.kind for item in reference_org()) == {
        "User": 100,
        "Team": 20,
        "TeamMembership": 200,
        "Rotation": 20,
        "EscalationPolicy": 30,
        "RoutingKey": 40,
        "AlertRule": 20,
        "ContactPhone": 100,
        "Override": 10,
    }


@pytest.mark.parametrize("resources", [10, 100, 540, 1000, 5000])
def test_everything_is_there_once_and_behind_what_it_refers_to(resources: int) -> None:
    items = reference_org(Size.of(resources))
    made: set[str] = set()

    def look(ref: Ref) -> str:
        assert ref.of in made
        return f"{ref.of}.{ref.property}"

    objects: list[Any] = []
    for item in items:
        objects.append((item.kind, resolved(item.inputs, look)))
        made.add(item.name)
    assert len(made) == len(items)
    assert [one for one in objects if objects.count(one) > 1] == []


def test_other_sizes_have_the_same_proportions() -> None:
    assert Size.of(540) == Size()
    assert abs(Size.of(5000).resources - 5000) < 5
    assert Size.of(1) == Size(1, 2, 1, 1, 1, 1, 1, 1, 1)
