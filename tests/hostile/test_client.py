"""What the client is given by functions and scripts: one clear error before a call, or a call as it was meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pulumi_victorops as vo
from pulumi_victorops.api import InvalidArgumentError, VictorOpsError
from pulumi_victorops.api import operations as op
from pulumi_victorops.api.transport import Transport
from tests.conftest import CommandLine
from tests.hostile.values import TEXT, VALUE
from tools.hostile.samples import nested
from tools.hostile.world import World


@pytest.fixture
def script(started: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The service, found by the environment as scripts find it."""
    simulator = started.simulator
    for name, value in (
        ("VO_BASE_URL", simulator.url),
        ("VO_API_ID", simulator.api_id),
        ("VO_API_KEY", simulator.api_key),
        ("VO_RATE_LIMIT", "off"),
    ):
        monkeypatch.setenv(name, value)
    return started


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"name": float("nan")}, "what would be sent is no JSON: Out of range float values are not JSON compliant"),
        ({"name": "a\ud800b"}, "what would be sent has half a character (a lone surrogate) in it"),
        ({"\udfff": 1}, "what would be sent has half a character (a lone surrogate) in it"),
        (nested(100_000, list), "what would be sent is nested too deeply"),
        ({"name": b"a"}, "what would be sent is no JSON: Object of type bytes is not JSON serializable"),
    ],
    ids=["nan", "half", "half in a name", "nested", "bytes"],
)
def test_a_body_that_json_cannot_say_is_refused_before_the_call(started: World, body: Any, message: str) -> None:
    transport = Transport(started.org.settings)
    started.operations()
    with pytest.raises(InvalidArgumentError) as refused:
        transport.call(op.ADD_TEAM, body=body)
    transport.close()
    assert str(refused.value).startswith(message)
    assert started.operations() == set()


def test_emoji_are_no_halves(started: World) -> None:
    transport = Transport(started.org.settings)
    made = transport.call(op.ADD_TEAM, body={"name": "\U0001f469\u200d\U0001f4bb"})
    transport.close()
    started.restore()
    assert made["name"] == "\U0001f469\u200d\U0001f4bb"


def test_a_query_with_half_a_character_is_refused_before_the_call(started: World) -> None:
    started.operations()
    with pytest.raises(InvalidArgumentError) as refused:
        started.org.client.users.all(email="a\ud800")
    assert str(refused.value) == "email: 'a\\ud800' isn't valid text"
    assert started.operations() == set()


def test_a_segment_has_a_length(started: World) -> None:
    started.operations()
    with pytest.raises(InvalidArgumentError) as refused:
        started.org.client.users.get("a" * 513)
    assert str(refused.value) == "user: has 513 characters; at most 512 can stand in a path"
    assert started.operations() == set()


def test_a_long_path_is_cut_in_messages(started: World) -> None:
    with pytest.raises(VictorOpsError) as refused:
        started.org.client.users.get("\U0001f600" * 200)
    assert str(refused.value).startswith("GET /api-public/v1/user/%F0%9F%98%80")
    assert len(str(refused.value).partition("…: 404")[0]) == len("GET ") + 199


@pytest.mark.parametrize("number", ["abc", "", "1.5", "-1", "\u0663", "9" * 5000, "1/../2", True])
def test_a_number_that_is_none_is_one_clear_error(started: World, number: Any) -> None:
    with pytest.raises(InvalidArgumentError) as refused:
        started.org.client.messages.chat(
            username="ada", external_username="x", text="y", monitoring_tool="z", incident=number
        )
    assert str(refused.value).endswith("is not a number of digits")
    assert len(str(refused.value)) < 100


FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "get_user": vo.get_user,
    "get_team": lambda value: vo.get_team(name=value),
    "get_team by slug": lambda value: vo.get_team(slug=value),
    "get_users": lambda value: vo.get_users(email=value),
    "get_incident": vo.get_incident,
    "get_rotation": lambda value: vo.get_rotation(value, team=value),
    "get_escalation_policy": lambda value: vo.get_escalation_policy(value),
    "get_override": vo.get_override,
    "get_alert": vo.get_alert,
    "create_incident": lambda value: vo.create_incident(value, username=value, details=value, policies=[value]),
    "acknowledge": lambda value: vo.acknowledge_incidents(value, username=value, message=value),
}


@pytest.mark.parametrize("function", FUNCTIONS)
@settings(settings.get_profile("hostile"))
@given(value=TEXT)
def test_a_function_answers_or_fails_in_one_clear_line(script: World, function: str, value: str) -> None:
    try:
        FUNCTIONS[function](value)
    except VictorOpsError as error:
        shown = (str(error).isprintable(), len(str(error)) < 1500, (error.status or 400) < 500)
        assert shown == (True, True, True)
    assert not [operation for operation in script.operations() if "unknown" in operation]


@settings(settings.get_profile("hostile"))
@given(arguments=st.lists(TEXT.filter(lambda text: "\0" not in text), max_size=3))
def test_a_command_line_is_refused_in_words(script: World, command_line: CommandLine, arguments: list[str]) -> None:
    code, said, complaints = command_line("import", "user", *arguments)
    assert code != 0
    assert "Traceback" not in said + complaints


def test_a_wrong_argument_is_shown_on_one_line(command_line: CommandLine) -> None:
    said = "pulumi-victorops: No such command 'a\\ud800\\r\\nb\\x1b[31m'.\n"
    assert command_line("a\ud800\r\nb\x1b[31m") == (2, "", said)


@settings(settings.get_profile("hostile"))
@given(body=VALUE)
def test_any_body_is_one_clear_error_or_an_answer(started: World, body: Any) -> None:
    transport = Transport(started.org.settings)
    try:
        transport.call(op.ADD_TEAM, body=body)
        transport.call(op.CREATE_INCIDENT, body=body)
    except VictorOpsError as error:
        assert (error.status or 400) < 500  # noqa: PT017 - an error is one of the good outcomes
    finally:
        transport.close()
        started.restore()
