"""Looking something up by a name that people use, and what is said when that fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import pulumi_victorops as vo
from pulumi_victorops.api import Client, ConflictError, InvalidArgumentError, NotFoundError
from pulumi_victorops.api.policies import PolicyPayload
from pulumi_victorops.api.teams import TeamPayload
from tests.functions.conftest import Org

pytestmark = pytest.mark.usefixtures("script")


@pytest.mark.parametrize(
    ("look_up", "message"),
    [
        (
            lambda org: vo.get_team(name="platform"),
            "there is no team named 'platform': there are 'Larkspur Freight', 'Platform'",
        ),
        (
            lambda org: vo.get_escalation_policy(name="Page"),
            "there is no escalation policy named 'Page': there are 'Default Policy', 'Page Platform'",
        ),
        (
            lambda org: vo.get_escalation_policy(name="Default Policy", team=org.team),
            "there is no escalation policy named 'Default Policy' in the team '{team}': there is 'Page Platform'",
        ),
        (
            lambda org: vo.get_escalation_policy(name="Any", team="team-none"),
            "there is no escalation policy named 'Any' in the team 'team-none': there are none",
        ),
        (lambda org: vo.get_routing_key("db"), "there is no routing key 'db': there are '.+', 'database'"),
        (
            lambda org: vo.get_rotation("Daily", team=org.team),
            "there is no rotation labelled 'Daily' in the team '{team}': there is 'Weekly'",
        ),
        (
            lambda org: vo.get_webhook("Tickets"),
            "there is no webhook labelled 'Tickets': there are 'Dispatch board', 'Status page', 'Ticket system'",
        ),
    ],
)
def test_a_name_that_nothing_bears(look_up: Callable[[Org], object], message: str, org: Org) -> None:
    with pytest.raises(NotFoundError) as raised:
        look_up(org)
    assert str(raised.value) == message.format(team=org.team)


def test_a_long_list_of_names_is_cut(client: Client) -> None:
    for number in range(1, 23):
        client.teams.create(TeamPayload(name=f"Team {number:02}"))
    with pytest.raises(NotFoundError) as raised:
        vo.get_team(name="Team 23")
    names = ", ".join(f"'Team {number:02}'" for number in range(1, 20))
    assert str(raised.value) == f"there is no team named 'Team 23': there are 'Larkspur Freight', {names} and 3 more"


def test_a_name_that_several_bear(org: Org, client: Client) -> None:
    other = client.policies.create(PolicyPayload(name="Page Platform", team_slug=org.team, steps=[])).slug
    with pytest.raises(ConflictError) as raised:
        vo.get_escalation_policy(name="Page Platform")
    assert str(raised.value) == f"there is more than one escalation policy named 'Page Platform': {org.policy}, {other}"
    assert vo.get_escalation_policy(other).steps == []


def test_a_team_tells_policies_of_one_name_apart(org: Org, client: Client) -> None:
    [default] = [team.slug for team in client.teams.all() if team.is_default_team]
    client.policies.create(PolicyPayload(name="Page Platform", team_slug=default, steps=[]))
    assert vo.get_escalation_policy(name="Page Platform", team=org.team).slug == org.policy


@pytest.mark.parametrize("ask", [vo.get_team, vo.get_escalation_policy])
@pytest.mark.parametrize("given", [{}, {"slug": "team-1", "name": "Platform"}])
def test_either_slug_or_name_says_which_is_meant(ask: Callable[..., object], given: dict[str, str]) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^get_\w+: give either slug or name$"):
        ask(**given)


def test_an_id_that_nothing_has_is_the_services_own_answer() -> None:
    with pytest.raises(NotFoundError, match=r"^GET /api-public/v1/user/nobody: 404: None found for username: nobody$"):
        vo.get_user("nobody")
