"""Lists that serve all resources of an operation, and the few objects that are read alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api import Client, Settings
from pulumi_victorops.api.errors import UnexpectedResponseError, VictorOpsError
from pulumi_victorops.handlers.alert_rule import AlertRuleHandler, AlertRuleInputs
from pulumi_victorops.handlers.escalation_policy import EscalationPolicyHandler
from pulumi_victorops.handlers.override import OverrideHandler
from pulumi_victorops.handlers.rotation import RotationHandler, RotationInputs
from pulumi_victorops.handlers.rotation_shift_assignment import (
    RotationShiftAssignmentHandler,
    RotationShiftAssignmentInputs,
)
from pulumi_victorops.handlers.routing_key import RoutingKeyHandler, RoutingKeyInputs
from pulumi_victorops.handlers.team import TeamHandler, TeamInputs
from pulumi_victorops.handlers.team_membership import TeamMembershipHandler, TeamMembershipInputs
from pulumi_victorops.handlers.user import UserHandler, UserInputs
from pulumi_victorops.lifecycle.handler import Handler
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.simulator import Simulator
from tests.api.raw_server import Behaviour, Exchange, RawServer, answer
from tests.provider.conftest import config_of, plugins
from tests.provider.plugin import Plugin

ADA = {"username": "Ada", "firstName": "Ada", "lastName": "Byron", "email": "ada@example.com"}
GRACE = {"username": "grace", "firstName": "Grace", "lastName": "Hopper", "email": "grace@example.com"}
PLATFORM = {"slug": "team-a", "name": "Platform", "description": ""}
DATA = {"slug": "team-b", "name": "Data", "description": ""}
AWAY = {"user": {"username": "ada"}, "start": "2099-08-03T09:00:00Z", "end": "2099-08-17T09:00:00Z"}
ABSENCES = [{**AWAY, "publicId": f"ovrprd-{name}"} for name in "ab"]
UNKNOWN_ONE = answer(404, {"error": "None found"})

# A kind that can be read alone: two ids, the answer to the call for the first, the list of both, and an empty one.
KINDS: dict[str, tuple[Handler[Any], list[str], list[str], Any, Any, Any]] = {
    "user": (
        UserHandler(),
        ["ada", "grace"],
        ["GET /api-public/v1/user/ada", "GET /api-public/v2/user"],
        ADA,
        {"users": [ADA, GRACE]},
        {"users": []},
    ),
    "team": (
        TeamHandler(),
        ["team-a", "team-b"],
        ["GET /api-public/v1/team/team-a", "GET /api-public/v1/team"],
        PLATFORM,
        [PLATFORM, DATA],
        [],
    ),
    "override": (
        OverrideHandler(),
        ["ovrprd-a", "ovrprd-b"],
        ["GET /api-public/v1/overrides/ovrprd-a", "GET /api-public/v1/overrides"],
        {"override": ABSENCES[0]},
        {"overrides": ABSENCES},
        {"overrides": []},
    ),
}


@pytest.fixture
def org(server: RawServer) -> Iterator[Org]:
    made = Org(Settings("id", "key", base_url=server.url, rate_limit=None))
    yield made
    made.client.close()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("known", [{}, {"name": "from the state"}], ids=["look-up", "refresh"])
def test_the_first_is_asked_for_alone_and_the_list_serves_all_others(
    server: RawServer, org: Org, kind: str, known: dict[str, Any]
) -> None:
    handler, [first, second], lines, one, every, _ = KINDS[kind]
    server.script(answer(200, one), answer(200, every))
    read = [handler.read(org, name, known) for name in (first, first, second, first)]
    assert [live.id.lower() for live in read if live] == [first, first, second, first]
    assert server.lines == lines


@pytest.mark.parametrize("kind", KINDS)
def test_where_the_stack_has_several_the_list_serves_the_first_too(server: RawServer, org: Org, kind: str) -> None:
    handler, names, [_, listing], _, every, _ = KINDS[kind]
    org.directory.expect({handler.name(): 2})
    server.script(answer(200, every))
    assert [live.id.lower() for name in names if (live := handler.read(org, name, {}))] == names
    assert server.lines == [listing]


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_list_lacks_is_gone_without_further_calls(server: RawServer, org: Org, kind: str) -> None:
    handler, names, [_, listing], _, _, none = KINDS[kind]
    org.directory.expect({handler.name(): 2})
    server.script(answer(200, none))
    assert [handler.read(org, name, {"name": "from the state"}) for name in names] == [None, None]
    assert server.lines == [listing]


@pytest.mark.parametrize("kind", [*KINDS, "policy"])
@pytest.mark.parametrize("failure", [UNKNOWN_ONE, answer(400, {"error": "no"}), answer(200, "<html>")])
def test_without_a_list_nothing_counts_as_gone(server: RawServer, org: Org, kind: str, failure: Behaviour) -> None:
    handler = KINDS[kind][0] if kind in KINDS else EscalationPolicyHandler()
    org.directory.expect({handler.name(): 2})
    server.script(failure)
    for _ in range(2):
        with pytest.raises(VictorOpsError):
            handler.read(org, "ovrprd-a", {"name": "from the state"})


def test_a_policy_that_the_list_lacks_is_gone_without_a_further_call(server: RawServer, org: Org) -> None:
    server.script(answer(200, {"policies": []}))
    assert EscalationPolicyHandler().read(org, "pol-a", {"name": "Page"}) is None
    assert server.lines == ["GET /api-public/v1/policies"]


def test_the_users_of_an_older_service_are_in_its_older_list(server: RawServer, org: Org) -> None:
    org.directory.expect({"User": 2})
    server.script(UNKNOWN_ONE, answer(200, {"users": [[ADA, GRACE]]}))
    for name in ("ada", "grace"):
        assert UserHandler().read(org, name, {"username": name}) is not None
    assert server.lines == ["GET /api-public/v2/user", "GET /api-public/v1/user"]


def test_an_org_without_any_list_of_users_is_an_error(server: RawServer, org: Org) -> None:
    org.directory.expect({"User": 2})
    server.script(UNKNOWN_ONE)
    with pytest.raises(UnexpectedResponseError, match="404: None found"):
        UserHandler().read(org, "ada", {"username": "ada"})


def test_a_team_that_is_gone_is_asked_for_its_members_once(server: RawServer, org: Org) -> None:
    server.script(UNKNOWN_ONE)
    for name in ("ada", "grace", "jonas"):
        assert TeamMembershipHandler().read(org, f"team-a/{name}", {"username": name}) is None
    assert server.lines == ["GET /api-public/v1/team/team-a/members"]


def test_four_at_a_time_ask_for_a_list_once(server: RawServer, org: Org) -> None:
    """The list's answer waits until all four are on their way, and would be asked for by each of them by then."""
    names = ["ada", "grace", "jonas", "niels"]
    started: list[str] = []
    people = [{**ADA, "username": name} for name in names]

    def late(exchange: Exchange) -> bool:
        while len(started) < len(names):
            exchange.stopping.wait(0.01)
        return answer(200, {"users": people})(exchange)

    def read(name: str) -> str:
        started.append(name)
        live = UserHandler().read(org, name, {"username": name})
        return live.id if live else "gone"

    org.directory.expect({"User": 4})
    server.script(late)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read, names)) == names
    assert server.lines == ["GET /api-public/v2/user"]


def test_without_a_journal_one_is_read_alone_before_the_list_serves_all(plugin: Plugin, simulator: Simulator) -> None:
    users = [
        {"username": name, "first_name": name, "last_name": "B", "email": f"{name}@example.com"}
        for name in ("ada", "grace", "jonas")
    ]
    made: list[tuple[Any, Any]] = [(providers.User, plugin.create(providers.User, one)) for one in users]
    teams = [{"name": name, "description": ""} for name in ("One", "Two")]
    made += [(providers.Team, plugin.create(providers.Team, one)) for one in teams]
    before = simulator.requests()["by_operation"]
    read = [plugin.read(provider, found.id, found.properties) for provider, found in made]
    assert [found.inputs for found in read] == [*users, *teams]
    after = simulator.requests()["by_operation"]
    calls = {name: count - before.get(name, 0) for name, count in after.items() if count > before.get(name, 0)}
    assert calls == {
        "GET /api-public/v1/user/{user}": 1,
        "GET /api-public/v2/user": 1,
        "GET /api-public/v1/team/{team}": 1,
        "GET /api-public/v1/team": 1,
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("several", [True, False], ids=["several", "one"])
def test_a_refresh_without_a_journal_reads_alone_what_has_no_company(
    server: RawServer, org: Org, kind: str, several: bool
) -> None:
    handler, names, [single, listing], one, every, _ = KINDS[kind]
    server.script(answer(200, every if several else one))
    names = names if several else names[:1]

    def read(name: str) -> str:
        with org.directory.refreshing():
            live = handler.read(org, name, {"name": "from the state"})
        return live.id.lower() if live else "gone"

    with ThreadPoolExecutor(2) as pool:
        # As long as something else is being read, there may be more to come.
        with org.directory.refreshing():
            futures = [pool.submit(read, name) for name in names]
            assert [future.result() for future in futures if several] == names[: 2 * several]
            assert several or server.lines == []
        assert [future.result() for future in futures] == names
    assert server.lines == [listing if several else single]


def test_a_change_in_the_same_operation_is_seen(plugin: Plugin, client: Client) -> None:
    inputs = {"username": "ada", "first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}
    user = plugin.create(providers.User, inputs)
    team = plugin.create(providers.Team, {"name": "Platform", "description": ""})
    for number in ("1", "2"):
        plugin.update(providers.User, "ada", user.properties, {**inputs, "last_name": number})
        assert plugin.read(providers.User, "ada", user.properties).inputs["last_name"] == number
        plugin.update(providers.Team, team.id, team.properties, {"name": number, "description": ""})
        assert plugin.read(providers.Team, team.id, team.properties).inputs["name"] == number


class TestOwnWrites:
    """A list that was read stays right without being read again."""

    def test_users(self, server: RawServer, org: Org) -> None:
        handler = UserHandler()
        changed = {**GRACE, "lastName": "Murray"}
        server.script(answer(200, {"users": [ADA]}), answer(200, GRACE), answer(200, changed))
        assert set(org.directory.users()) == {"ada"}
        handler.create(org, _user("Hopper"))
        assert org.directory.users()["grace"].last_name == "Hopper"
        handler.update(org, "grace", _user("Murray"), {"last_name"})
        assert org.directory.users()["grace"].last_name == "Murray"
        org.directory.user_went("grace")
        assert set(org.directory.users()) == {"ada"}
        assert len(server.requests) == 3

    def test_teams_and_their_members(self, server: RawServer, org: Org) -> None:
        server.script(answer(200, []), answer(200, PLATFORM), answer(200, {"members": []}), answer(200, {}))
        assert org.directory.teams() == {}
        TeamHandler().create(org, TeamInputs(name="Platform"))
        assert org.directory.teams()["team-a"].name == "Platform"
        assert org.directory.members("team-a") == {}
        TeamMembershipHandler().create(org, TeamMembershipInputs(team="team-a", username="Ada"))
        assert org.directory.members("team-a")["ada"].username == "ada"
        org.directory.member_went("team-a", "ada")
        assert org.directory.members("team-a") == {}
        assert len(server.requests) == 4

    def test_policies_and_routing_keys(self, server: RawServer, org: Org) -> None:
        server.script(
            answer(200, [PLATFORM]),
            answer(200, {"policies": []}),
            answer(200, {"routingKeys": []}),
            answer(200, {"name": "Page", "slug": "pol-a", "steps": []}),
            answer(200, {"routingKey": "database", "targets": ["pol-a"]}),
        )
        assert [len(org.directory.teams()), len(org.directory.policies()), len(org.directory.routing_keys())] == [
            1,
            0,
            0,
        ]
        steps = [{"timeout": 0, "entries": [{"type": "user", "username": "ada"}]}]
        policies = EscalationPolicyHandler()
        policies.create(org, policies.model.model_validate({"team": "team-a", "name": "Page", "steps": steps}))
        RoutingKeyHandler().create(org, RoutingKeyInputs(routing_key="database", targets=["pol-a"]))
        row = org.directory.policies()["pol-a"]
        assert (row.policy.name, row.team.name, row.team.slug) == ("Page", "Platform", "team-a")
        [target] = org.directory.routing_keys()["database"].targets
        assert (target.policy_slug, target.policy_name) == ("pol-a", "Page")
        org.directory.policy_went("pol-a")
        assert (org.directory.policies(), org.directory.routing_keys()) == ({}, {})
        assert len(server.requests) == 5

    def test_alert_rules_whose_rank_stays(self, server: RawServer, org: Org) -> None:
        rules = [{"id": n, "alertField": "host", "matchType": "WILDCARD", "rank": n} for n in (1, 2)]
        server.script(answer(200, rules), *(answer(200, {**rule, "notes": "New"}) for rule in rules))
        for n in ("1", "2"):
            AlertRuleHandler().update(org, n, _rule(), {"notes"})
        assert [rule.notes for rule in org.directory.alert_rules().values()] == ["New", "New"]
        assert [request.json["rank"] for request in server.requests[1:]] == [1, 2]
        assert len(server.requests) == 3

    def test_an_alert_rule_whose_rank_moves_moves_others(self, server: RawServer, org: Org) -> None:
        rules = [{"id": n, "alertField": "host", "matchType": "WILDCARD", "rank": n} for n in (1, 2)]
        moved = [{**rules[0], "rank": 2}, {**rules[1], "rank": 1}]
        server.script(answer(200, rules), answer(200, moved[0]), answer(200, moved))
        assert org.directory.alert_rules()["2"].rank == 2
        AlertRuleHandler().update(org, "1", _rule(rank=2), {"rank"})
        assert org.directory.alert_rules()["2"].rank == 1


class TestRotations:
    GROUPS = (("Weekly", 7, "rtg-a"), ("Nights", 8, "rtg-b"))

    def test_one_list_tells_the_slugs_of_rotations_that_were_made_side_by_side(
        self, server: RawServer, org: Org
    ) -> None:
        listed = [{"label": label, "groupId": number, "slug": slug} for label, number, slug in self.GROUPS]
        server.script(_made(7), answer(200, {"rotationGroups": listed}), _made(8))
        made = [RotationHandler().create(org, _rotation(label)) for label, _, _ in self.GROUPS]
        assert [(live.id, live.outputs["slug"]) for live in made] == [("team-a/7", "rtg-a"), ("team-a/8", "rtg-b")]
        assert server.lines == [
            "POST /api-public/v1/teams/team-a/rotations",
            "GET /api-public/v1/teams/team-a/rotations",
            "POST /api-public/v1/teams/team-a/rotations",
        ]

    def test_a_list_from_before_is_read_again(self, server: RawServer, org: Org) -> None:
        listed = [{"label": label, "groupId": number, "slug": slug} for label, number, slug in self.GROUPS]
        lists = [answer(200, {"rotationGroups": listed[:count]}) for count in (1, 2)]
        server.script(_made(7), lists[0], _made(8), lists[1])
        made = [RotationHandler().create(org, _rotation(label)) for label, _, _ in self.GROUPS]
        assert [live.outputs["slug"] for live in made] == ["rtg-a", "rtg-b"]
        assert len(server.requests) == 4

    def test_turns_in_a_new_rotation_and_in_an_old_one_need_one_list_at_most(self, server: RawServer, org: Org) -> None:
        listed = [{"label": "Weekly", "groupId": 7, "slug": "rtg-a"}]
        old = {
            "groupId": 6,
            "label": "Old",
            "shifts": [{"shiftId": 61, "label": "Days"}, {"shiftId": 62, "label": "X"}],
        }
        turn = answer(200, {"username": "ada"})
        server.script(
            _made(7), answer(200, {"rotationGroups": listed}), turn, answer(200, {"rotations": [old]}), turn, turn
        )
        RotationHandler().create(org, _rotation("Weekly"))
        places = (("team-a/7", "Days"), ("team-a/6", "Days"), ("team-a/6", "X"))
        handler = RotationShiftAssignmentHandler()
        made = [
            handler.create(org, RotationShiftAssignmentInputs(rotation=rotation, shift=shift, username="ada"))
            for rotation, shift in places
        ]
        assert [live.id for live in made] == ["team-a/7/71", "team-a/6/61", "team-a/6/62"]
        assert len(server.requests) == 6


def _made(number: int) -> Behaviour:
    shifts = [{"label": "Days", "rot_id": number * 10 + 1, "group_id": number}]
    return answer(200, {"id": number, "label": "Any", "shifts": shifts})


def _rotation(label: str) -> RotationInputs:
    shift: Mapping[str, Any] = {
        "label": "Days",
        "type": "std",
        "timezone": "UTC",
        "start": "2026-01-05T09:00",
        "handoff_days": 7,
        "usernames": ["ada"],
    }
    return RotationInputs.model_validate({"team": "team-a", "label": label, "shifts": [shift]})


def _user(last_name: str) -> UserInputs:
    return UserInputs(username="grace", first_name="Grace", last_name=last_name, email="grace@example.com")


def _rule(rank: int | None = None) -> AlertRuleInputs:
    return AlertRuleInputs(alert_field="host", alert_value_match="*", notes="New", rank=rank)


@pytest.fixture
def kept_plugin(simulator: Simulator, tmp_path: Any) -> Iterator[Callable[[], Plugin]]:
    with plugins() as start:
        yield lambda: start({**config_of(simulator), "victorops:journal": str(tmp_path)})


@pytest.mark.parametrize(
    ("names", "calls"),
    [(["ada"], {"GET /api-public/v1/user/{user}": 1}), (["ada", "grace"], {"GET /api-public/v2/user": 1})],
)
def test_a_refresh_knows_from_the_journal_how_many_it_will_read(
    kept_plugin: Callable[[], Plugin], simulator: Simulator, names: list[str], calls: dict[str, int]
) -> None:
    plugin = kept_plugin()
    made = [
        plugin.create(
            providers.User,
            {
                "username": name,
                "first_name": name,
                "last_name": "B",
                "email": f"{name}@example.com",
                "__identity": f"dev:{name}",
            },
        )
        for name in names
    ]
    plugin.stop()
    before = simulator.requests()["by_operation"]
    plugin = kept_plugin()
    assert [plugin.read(providers.User, one.id, one.properties).id for one in made] == names
    after = simulator.requests()["by_operation"]
    assert {name: n - before.get(name, 0) for name, n in after.items() if n != before.get(name, 0)} == calls
