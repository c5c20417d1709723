"""Everything takes a profile, and hands it on to whatever calls the service."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pulumi
import pytest
from pulumi.runtime.mocks import MockCallArgs, MockResourceArgs, Mocks

import pulumi_victorops as vo
from pulumi_victorops.api import ConfigurationError
from pulumi_victorops.resources.base import VictorOpsResource
from tests.functions.programs import run_under

PUBLIC = {name: getattr(vo, name) for name in vo.__all__}
RESOURCES = sorted(
    name for name, item in PUBLIC.items() if inspect.isclass(item) and issubclass(item, VictorOpsResource)
)
FUNCTIONS = sorted(name for name, item in PUBLIC.items() if inspect.isfunction(item) and not name.endswith("_output"))
ADA: dict[str, Any] = {"username": "ada", "first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}
# What is read before the service is called, and so has to be as it should be.
GIVEN: Mapping[str, Any] = {"users": [], "group_id": 1, "shift_id": 1, "step": 0, "rule": 0, "incident": 1}


class Seen(Mocks):
    """Remembers what resources were given."""

    def __init__(self) -> None:
        self.resources: list[tuple[str, dict[str, Any]]] = []

    def call(self, args: MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        raise AssertionError(f"{args.token} is not needed")

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        kind = args.typ.rpartition(":")[2]
        self.resources.append((kind, args.inputs))
        return args.resource_id or f"{kind}-{args.name}", args.inputs | {"slug": f"rtg-{args.name}"}


def profiles_seen(program: Callable[[], object]) -> list[tuple[str, object]]:
    """The kinds of resources that a program has, and their profiles."""
    seen = Seen()
    run_under(seen, program)
    return [(kind, inputs.get("profile")) for kind, inputs in seen.resources if not kind.startswith("OnCall")]


def required(function: Callable[..., object]) -> dict[str, Any]:
    parameters = inspect.signature(function).parameters.values()
    return {one.name: GIVEN.get(one.name, "some") for one in parameters if one.default is one.empty}


def test_there_are_sixteen_kinds_of_resources() -> None:
    assert len(RESOURCES) == 16


@pytest.mark.parametrize("name", RESOURCES)
def test_a_resource_is_given_its_profile_whether_it_is_made_or_looked_up(name: str) -> None:
    cls = PUBLIC[name]
    given = {key: value for key, value in required(cls).items() if key != "resource_name"}
    assert profiles_seen(lambda: cls("one", **given, profile="eu")) == [(name, "eu")]
    assert profiles_seen(lambda: cls("one", **given)) == [(name, None)]
    assert profiles_seen(lambda: cls.get("one", "id", profile="eu")) == [(name, "eu")]
    assert profiles_seen(lambda: cls.get("one", "id")) == [(name, None)]


def test_a_profile_that_cannot_be_sent_is_one_line() -> None:
    with pytest.raises(pulumi.RunError, match="Team 'one': profile: "):
        run_under(Seen(), lambda: vo.Team("one", name="Platform", profile="\ud800"))


@pytest.mark.parametrize("profile", ["eu", None])
def test_all_of_a_component_is_in_its_org(profile: str | None) -> None:
    def program() -> None:
        phones, emails = {"Mobile": "+44 20 7946 0958"}, {"Home": "ada@home.example.com"}
        person = vo.OnCallEngineer(
            "ada", **ADA, phones=phones, emails=emails, teams={"data": "team-1"}, profile=profile
        )
        vo.OnCallTeam("platform", name="Platform", roster=[person], routing_keys=["db"], profile=profile)

    made = profiles_seen(program)
    assert sorted(kind for kind, _ in made) == [
        "ContactEmail",
        "ContactPhone",
        "EscalationPolicy",
        "PagingPolicy",
        "Rotation",
        "RoutingKey",
        "Team",
        "TeamMembership",
        "TeamMembership",
        "User",
    ]
    assert {each for _, each in made} == {profile}


@pytest.fixture
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that what is missing tells which settings were looked for."""
    for name in ("VO_API_ID", "VO_API_KEY", "VO_PROFILES"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.usefixtures("no_settings")
def test_a_function_is_for_the_org_of_its_profile(name: str) -> None:
    function = PUBLIC[name]
    with pytest.raises(ConfigurationError, match=r"^there is no profile 'eu'"):
        _all_of(function(**required(function), profile="eu"))
    with pytest.raises(ConfigurationError, match=r"^victorops:apiId and victorops:apiKey are not set"):
        _all_of(function(**required(function)))


def _all_of(answer: object) -> None:
    """A search calls the service when the first page is wanted."""
    if isinstance(answer, Iterator):
        next(answer)


@pytest.mark.parametrize("name", sorted({f"{name}_output" for name in FUNCTIONS} & set(vo.__all__)))
@pytest.mark.usefixtures("no_settings")
def test_an_output_form_is_for_the_org_of_its_profile(name: str) -> None:
    async def answer(**given: object) -> object:
        return await PUBLIC[name](**required(PUBLIC[name]), **given).future()

    with pytest.raises(ConfigurationError, match=r"^there is no profile 'eu'"):
        asyncio.run(answer(profile="eu"))
