"""Several orgs in one program: each resource is in the one that its profile names, and nothing crosses over."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api import Client, Settings
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.simulator import Simulator
from tests.provider.conftest import config_of, plugins
from tests.provider.plugin import UNKNOWN, Plugin, PluginError

ADA = {"username": "ada", "first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}
EU = {"profile": "eu"}

Start = Callable[[dict[str, str]], Plugin]


@pytest.fixture(scope="module")
def running_elsewhere() -> Iterator[Simulator]:
    with Simulator(seed="empty", random_seed=2, api_id="id-of-eu", api_key="key-of-eu") as started:
        yield started


@pytest.fixture
def elsewhere(running_elsewhere: Simulator) -> Simulator:
    """The service of another org."""
    running_elsewhere.put_faults([])
    running_elsewhere.reset("empty")
    return running_elsewhere


@pytest.fixture
def there(elsewhere: Simulator) -> Iterator[Client]:
    made = Client(Settings(elsewhere.api_id, elsewhere.api_key, elsewhere.url, rate_limit=None))
    yield made
    made.close()


def profile_of(simulator: Simulator, **members: Any) -> dict[str, Any]:
    return {"apiId": simulator.api_id, "apiKey": simulator.api_key, "baseUrl": simulator.url, **members}


def config(simulator: Simulator, **profiles: Any) -> dict[str, str]:
    return {**config_of(simulator), "victorops:profiles": json.dumps(profiles)}


@pytest.fixture
def plugin(simulator: Simulator, elsewhere: Simulator) -> Iterator[Plugin]:
    """With the profile `eu` for the other org, and `here` for the stack's own."""
    here = profile_of(simulator, nameSuffix="-here")
    started = Plugin(config(simulator, eu=profile_of(elsewhere), here=here))
    yield started
    started.stop()


@pytest.fixture
def started() -> Iterator[Start]:
    """Starts plugins with other settings."""
    with plugins() as start:
        yield start


def made(plugin: Plugin, provider: Any, inputs: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The id and the state of a new object, as the engine comes to it."""
    checked = plugin.check(provider, inputs)
    assert checked.failures == []
    found = plugin.create(provider, checked.inputs)
    return found.id, found.properties


def test_an_object_lives_in_the_org_of_its_profile(plugin: Plugin, client: Client, there: Client) -> None:
    user, state = made(plugin, providers.User, ADA | EU)
    assert (user, state["profile"]) == ("ada", "eu")
    assert {one.username for one in there.users.all()} == {"admin", "ada"}
    assert {one.username for one in client.users.all()} == {"admin"}

    there.users.update("ada", UserPayload.model_validate(ADA | {"first_name": "Augusta"}))
    seen = plugin.read(providers.User, "ada", state)
    assert (seen.properties["first_name"], seen.properties["profile"]) == ("Augusta", "eu")
    assert (seen.inputs["first_name"], seen.inputs["profile"]) == ("Augusta", "eu")
    checked = plugin.check(providers.User, ADA | EU, seen.inputs).inputs
    assert plugin.diff(providers.User, "ada", seen.properties, checked).changes
    state = plugin.update(providers.User, "ada", seen.properties, checked)
    assert (there.users.get("ada").first_name, state["profile"]) == ("Ada", "eu")
    assert not plugin.diff(providers.User, "ada", state, checked).changes

    plugin.delete(providers.User, "ada", state)
    assert {one.username for one in there.users.all()} == {"admin"}


def test_the_same_names_live_in_both_orgs_side_by_side(plugin: Plugin, client: Client, there: Client) -> None:
    """The lists of one org don't answer for the other."""
    ours, our_state = made(plugin, providers.Team, {"name": "Platform"})
    theirs, their_state = made(plugin, providers.Team, {"name": "Platform", "description": "over there"} | EU)
    assert ours != theirs
    assert plugin.read(providers.Team, ours, our_state).properties.get("description") in {None, ""}
    assert plugin.read(providers.Team, theirs, their_state).properties["description"] == "over there"
    assert plugin.read(providers.Team, theirs, our_state).id == ""

    plugin.delete(providers.Team, theirs, their_state)
    assert [one.slug for one in client.teams.all() if one.name == "Platform"] == [ours]
    assert [one for one in there.teams.all() if one.name == "Platform"] == []


def test_a_look_up_is_one_however_it_names_a_profile(plugin: Plugin, there: Client) -> None:
    slug = there.teams.create(TeamPayload(name="Platform")).slug
    found = plugin.read(providers.Team, slug, EU)
    assert (found.id, found.properties["name"], found.properties["profile"]) == (slug, "Platform", "eu")
    with pytest.raises(PluginError, match=f"there is no Team with the id '{slug}'"):
        plugin.read(providers.Team, slug)


def test_another_org_means_another_object(plugin: Plugin, client: Client, there: Client) -> None:
    """The new one is made before the old one goes, which nothing keeps from being there as well."""
    _, state = made(plugin, providers.User, ADA)
    checked = plugin.check(providers.User, ADA | EU, state)
    assert checked.failures == []
    difference = plugin.diff(providers.User, "ada", state, checked.inputs)
    assert (difference.replaces, difference.deletes_first) == (["profile"], False)
    moved = plugin.create(providers.User, checked.inputs)
    plugin.delete(providers.User, "ada", state)
    assert {one.username for one in there.users.all()} == {"admin", "ada"}
    assert {one.username for one in client.users.all()} == {"admin"}

    back = plugin.diff(providers.User, "ada", moved.properties, ADA)
    assert (back.replaces, back.deletes_first) == (["profile"], False)


def test_a_key_that_moves_has_no_past_where_it_goes(plugin: Plugin) -> None:
    """Its targets can't be changed where it is, which says nothing of the other org."""
    old = {"routing_key": "database", "targets": ["pol-1"]}
    assert plugin.check(providers.RoutingKey, {**old, "targets": ["pol-2"], **EU}, old).failures == []
    difference = plugin.diff(providers.RoutingKey, "database", old, {**old, "targets": ["pol-2"], **EU})
    assert (difference.replaces, difference.deletes_first) == (["profile"], False)


def test_another_name_for_the_same_org_changes_nothing_there(
    plugin: Plugin, simulator: Simulator, client: Client
) -> None:
    user, state = made(plugin, providers.User, ADA)
    here = plugin.check(providers.User, ADA | {"profile": "here"}, state).inputs
    difference = plugin.diff(providers.User, user, state, here)
    assert (difference.changes, difference.replaces) == (True, [])
    before = simulator.requests()["total"]
    state = plugin.update(providers.User, user, state, here)
    assert simulator.requests()["total"] == before
    assert state["profile"] == "here"
    assert not plugin.diff(providers.User, user, state, here).changes
    assert "profile" not in plugin.update(providers.User, user, state, ADA)


def test_what_one_profile_of_an_org_writes_the_other_knows(plugin: Plugin, client: Client) -> None:
    """They share what was read of it."""
    first, state = made(plugin, providers.Team, {"name": "One"})
    assert plugin.read(providers.Team, first, state).id == first
    second, other = made(plugin, providers.Team, {"name": "Two", "profile": "here"})
    assert client.teams.get(second).name == "Two-here"
    assert plugin.read(providers.Team, second, state).id == second
    plugin.delete(providers.Team, second, other)
    assert plugin.read(providers.Team, second, state).id == ""


def test_a_profile_is_enough_without_settings_of_the_stacks_own(
    started: Start, elsewhere: Simulator, there: Client
) -> None:
    alone = started({"victorops:profiles": json.dumps({"eu": profile_of(elsewhere, rateLimit="off")})})
    made(alone, providers.Team, {"name": "Platform"} | EU)
    assert "Platform" in {one.name for one in there.teams.all()}
    [(path, reason)] = alone.check(providers.Team, {"name": "Platform"}).failures
    assert (path, reason.partition(":apiId")[0]) == ("", "victorops")


def test_journals_of_two_orgs_do_not_mix(
    started: Start, simulator: Simulator, elsewhere: Simulator, client: Client, there: Client, tmp_path: Path
) -> None:
    """What an interrupted run left in one org isn't looked for in the other."""
    settings = config(simulator, eu=profile_of(elsewhere)) | {"victorops:journal": str(tmp_path)}
    rule = {"alert_field": "host", "alert_value_match": "db-*", "__identity": "dev:0123456789abcdef"}

    def run(inputs: dict[str, Any]) -> str:
        """Make the rule in a process whose end comes before the state is saved."""
        plugin = started(settings)
        return plugin.create(providers.AlertRule, plugin.check(providers.AlertRule, inputs).inputs).id

    first = run(rule | EU)
    second = run(rule)
    assert [str(one.id) for one in client.alert_rules.all()] == [second], "what is in the other org isn't this one"
    assert run(rule | EU) == first
    assert [str(one.id) for one in there.alert_rules.all()] == [first]


def test_each_org_has_a_pace_of_its_own(
    started: Start, simulator: Simulator, elsewhere: Simulator, client: Client, there: Client
) -> None:
    """With one for both, the third call would wait for an hour."""
    slow = {"victorops:rateLimit": "2/h", "victorops:rateLimitStore": "memory"}
    settings = config(simulator, eu=profile_of(elsewhere)) | slow
    both = started(settings)
    for name in ("One", "Two"):
        made(both, providers.Team, {"name": name} | EU)
        made(both, providers.Team, {"name": name})
    assert {"One", "Two"} < {one.name for one in there.teams.all()}
    assert {"One", "Two"} < {one.name for one in client.teams.all()}


@pytest.mark.parametrize(
    ("profile", "reason"),
    [
        ("EU", "victorops:profiles (or VO_PROFILES) has no profile 'EU': did you mean 'eu'?"),
        ("moon", "victorops:profiles (or VO_PROFILES) has no profile 'moon': there are 'eu', 'here'"),
        ("", "victorops:profiles (or VO_PROFILES) has no profile '': there are 'eu', 'here'"),
        (7.0, "expected the name of a profile as plain text, got 7"),
        (UNKNOWN, "expected the name of a profile as plain text, got a value that isn't known yet"),
    ],
)
def test_a_profile_that_is_none_is_refused_at_preview(plugin: Plugin, profile: object, reason: str) -> None:
    assert plugin.check(providers.Team, {"name": "Platform", "profile": profile}).failures == [("profile", reason)]


def test_a_profile_that_went_is_missed_where_something_is_in_it(
    started: Start, simulator: Simulator, elsewhere: Simulator, there: Client
) -> None:
    _, state = made(started(config(simulator, eu=profile_of(elsewhere))), providers.User, ADA | EU)
    without = started(config(simulator, us=profile_of(simulator)))
    reason = "victorops:profiles (or VO_PROFILES) has no profile 'eu': there are 'us'"
    assert without.check(providers.User, ADA, state).failures == [("profile", reason)]
    acts: list[Callable[[], object]] = [
        lambda: without.delete(providers.User, "ada", state),
        lambda: without.read(providers.User, "ada", state),
        lambda: without.diff(providers.User, "ada", state, ADA),
    ]
    for act in acts:
        with pytest.raises(PluginError) as refused:
            act()
        assert str(refused.value).endswith(reason)
    assert there.users.get("ada").username == "ada", "nothing was deleted in the stack's own org, nor there"


def test_what_is_deleted_goes_from_its_own_org_only(plugin: Plugin, client: Client, there: Client) -> None:
    _, ours = made(plugin, providers.User, ADA)
    _, theirs = made(plugin, providers.User, ADA | EU)
    plugin.delete(providers.User, "ada", theirs)
    assert client.users.get("ada").username == "ada"
    assert "ada" not in {one.username for one in there.users.all()}
    plugin.delete(providers.User, "ada", ours)
    assert "ada" not in {one.username for one in client.users.all()}


def test_a_wrong_key_of_a_profile_is_told_as_that(started: Start, simulator: Simulator, elsewhere: Simulator) -> None:
    wrong = started(config(simulator, eu=profile_of(elsewhere, apiKey="revoked-key")))
    with pytest.raises(PluginError) as refused:
        wrong.read(providers.Team, "team-1", EU)
    assert "check apiId and apiKey of the profile 'eu' in victorops:profiles (or VO_PROFILES)" in str(refused.value)
    assert "revoked-key" not in str(refused.value)
