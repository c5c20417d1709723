"""The table of deletes is what becomes of them."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable

import pytest

from pulumi_victorops.api import Client
from pulumi_victorops.api.settings import Settings
from pulumi_victorops.handlers import replacement
from pulumi_victorops.lifecycle.org import org_for
from pulumi_victorops.simulator import Simulator
from tests.docs.deletes import Org, membership_rows, printed, user_rows
from tests.docs.pages import ROOT, section

PAGE = (ROOT / "docs" / "deletes.md").read_text(encoding="utf-8")


@pytest.fixture
def new_org(
    simulator: Simulator, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Callable[[], Org]:
    monkeypatch.setenv("VO_API_ID", simulator.api_id)
    monkeypatch.setenv("VO_API_KEY", simulator.api_key)
    monkeypatch.setenv("VO_BASE_URL", simulator.url)
    monkeypatch.setenv("VO_RATE_LIMIT", "off")
    monkeypatch.delenv("VO_DEFAULT_REPLACEMENT", raising=False)
    monkeypatch.setattr(replacement, "_QUIET", 0.0)
    caplog.set_level(logging.INFO, logger="pulumi_victorops.told")

    def make() -> Org:
        simulator.reset("empty")
        # What is made by hand here is nothing that the directory could know of.
        org_for(Settings.load(lambda _: None, os.environ)).directory.everything_changed()
        return Org(client, simulator)

    return make


@pytest.mark.parametrize(
    ("heading", "rows"), [("A user is deleted", user_rows), ("A membership ends", membership_rows)]
)
def test_the_page_says_what_becomes_of_each_removal(
    heading: str,
    rows: Callable[..., object],
    new_org: Callable[[], Org],
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert printed(rows(new_org, caplog)) in section(PAGE, heading)  # type: ignore[arg-type]  # both give rows
