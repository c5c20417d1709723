"""A key that may only read serves previews, refreshes and questions; a write with it fails in one sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import pulumi_victorops as vo
from pulumi_victorops import providers
from pulumi_victorops.api import Client, PermissionDeniedError
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.simulator import Simulator
from tests.provider.conftest import config_of
from tests.provider.plugin import Plugin, PluginError

READ_ONLY = "This API key is read-only; the API key may be read-only"


@pytest.fixture
def service(simulator: Simulator) -> Iterator[Simulator]:
    with Simulator(seed="empty", read_only_key="look-only") as started:
        yield started


@pytest.fixture
def reader(service: Simulator) -> Iterator[Plugin]:
    started = Plugin({**config_of(service), "victorops:apiKey": "look-only"})
    yield started
    started.stop()


def test_it_previews_refreshes_and_looks_up(service: Simulator, reader: Plugin) -> None:
    from pulumi_victorops.api import Settings

    writer = Client(Settings(service.api_id, service.api_key, service.url, rate_limit=None))
    team = writer.teams.create(TeamPayload(name="Platform"))
    writer.close()
    assert reader.check(providers.Team, {"name": "Platform"}).failures == []
    assert reader.diff(providers.Team, team.slug, {"name": "Platform"}, {"name": "Renamed"}).changes
    assert reader.read(providers.Team, team.slug).properties["name"] == "Platform"
    assert reader.read(providers.Team, team.slug, {"name": "Old"}).inputs["name"] == "Platform"
    assert reader.read(providers.Team, "team-gone", {"name": "Old"}).id == ""


def test_a_write_with_it_is_one_sentence(service: Simulator, reader: Plugin) -> None:
    before = service.snapshot()
    for write, call in (
        (lambda: reader.create(providers.Team, {"name": "New"}), "POST /api-public/v1/team"),
        (
            lambda: reader.update(providers.User, "admin", USER, {**USER, "first_name": "B"}),
            "PUT /api-public/v1/user/admin",
        ),
        (lambda: reader.delete(providers.Team, "team-x", {}), "DELETE /api-public/v1/team/team-x"),
    ):
        with pytest.raises(PluginError) as refused:
            write()
        assert str(refused.value).endswith(f"{call}: 403: {READ_ONLY}")
        assert "Traceback" not in str(refused.value)
    assert service.snapshot() == before


def test_functions_ask_with_it_and_do_not_act(service: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("VO_BASE_URL", service.url),
        ("VO_API_ID", service.api_id),
        ("VO_API_KEY", "look-only"),
        ("VO_RATE_LIMIT", "off"),
    ):
        monkeypatch.setenv(name, value)
    assert [team.is_default_team for team in vo.get_teams()] == [True]
    with pytest.raises(PermissionDeniedError) as refused:
        vo.create_incident(summary="x", details="y", username="admin", users=["admin"])
    assert str(refused.value) == f"POST /api-public/v1/incidents: 403: {READ_ONLY}"


USER = {"username": "admin", "first_name": "Org", "last_name": "Admin", "email": "admin@example.com"}
