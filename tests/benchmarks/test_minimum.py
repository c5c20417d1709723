"""The fewest calls, which are computed: for the reference org as its own test counts them."""

from __future__ import annotations

from benchmarks.minimum import create, destroy, refresh, total
from benchmarks.reference_org import Size


def test_the_fewest_calls_for_the_reference_org() -> None:
    assert total(create(Size())) == 540 + 20
    assert total(refresh(Size())) == 1 + 1 + 20 + 20 + 1 + 30 + 1 + 1 + 100 + 1
    # Routing keys go with their policies.
    assert total(destroy(Size())) == (540 - 40) + 1 + 1 + 21 + 1 + 1 + 1
