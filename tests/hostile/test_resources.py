"""Every property of every resource, with bad values: one clear error, or a faithful round trip."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_victorops import providers
from pulumi_victorops.api import InvalidArgumentError, NotFoundError, VictorOpsError, operations
from pulumi_victorops.api.operations import Operation
from pulumi_victorops.lifecycle.cycle import Cycle, Difference
from pulumi_victorops.lifecycle.dynamic import Provider
from tests.hostile.values import TEXT, VALUE
from tools.endpoints.calls import client_calls
from tools.endpoints.reach import entry_points, reached
from tools.hostile.samples import nested
from tools.hostile.trial import DefectError, Outcome, attempt, cycle_of, leaves, with_value
from tools.hostile.world import World

KINDS: list[type[Provider]] = [kind for kind in vars(providers).values() if kind in Provider.__subclasses__()]
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)

# What is read after a refusal, to say which of the things that the inputs name aren't in the org.
_SAYS_WHAT_IS_GONE = {
    "GET /api-public/v2/user",
    "GET /api-public/v1/user/{user}",
    "GET /api-public/v1/team",
    "GET /api-public/v1/policies",
    "GET /api-public/v1/teams/{team}/rotations",
    "GET /api-public/v2/team/{team}/rotations",
    "GET /api-public/v1/overrides",
    "GET /api-public/v1/overrides/{publicId}",
}


def _operations_of(kind: str) -> set[str]:
    """What the code behind a resource can call at all."""
    calls = client_calls()
    names = {calls[call] for call in reached(entry_points()[kind], calls.keys())}
    return {str(one) for one in vars(operations).values() if isinstance(one, Operation) and one.name in names}


# Code is read before other threads run: Python 3.11 may fail to where they do ("AST constructor recursion depth").
_OPERATIONS = {kind: _operations_of(kind.__name__) for kind in KINDS}


def must_be_a_refusal(error: VictorOpsError) -> None:
    assert (error.status or 400) < 500
    assert str(error).isprintable()
    assert len(str(error)) < 700


def test_there_is_a_good_program_for_each_of_the_16_kinds(started: World) -> None:
    assert set(started.programs) == set(KINDS)
    assert len(KINDS) == 16
    for kind, program in started.programs.items():
        path = next(leaves(program))
        value: Any = program
        for part in path:
            value = value[part]
        assert attempt(started, kind, path, value) is Outcome.KEPT


@every_kind
@settings(settings.get_profile("hostile"))
@given(data=st.data())
def test_a_bad_value_anywhere_is_one_clear_error_or_a_faithful_round_trip(
    started: World, kind: type[Provider], data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(list(leaves(started.programs[kind]))))
    started.operations()
    attempt(started, kind, path, data.draw(TEXT | VALUE))
    assert started.operations() <= _OPERATIONS[kind] | _SAYS_WHAT_IS_GONE


@every_kind
@settings(settings.get_profile("hostile"))
@given(data=st.data())
def test_a_bad_value_in_a_change_does_no_harm_either(started: World, kind: type[Provider], data: st.DataObject) -> None:
    cycle = cycle_of(kind)
    program = started.programs[kind]
    inputs, _ = cycle.check(started.org, {}, program)
    made = cycle.create(started.org, inputs)
    path = data.draw(st.sampled_from(list(leaves(program))))
    try:
        changed, failures = cycle.check(started.org, inputs, with_value(program, path, data.draw(TEXT)))
        if failures or cycle.diff(started.org, made.id, made.properties, changed).replaces:
            return
        try:
            updated = cycle.update(started.org, made.id, made.properties, changed)
        except VictorOpsError as error:
            must_be_a_refusal(error)
            return
        started.org.directory.everything_changed()
        live = cycle.read(started.org, updated.id, updated.properties)
        assert live is not None
        assert cycle.diff(started.org, updated.id, live.properties, changed).changed == []
    finally:
        started.restore()


@every_kind
@settings(settings.get_profile("hostile"))
@given(object_id=TEXT, parts=st.lists(st.sampled_from(["team-x", "ada", "email", "phone", "device", "1"]), max_size=2))
def test_a_bad_id_is_looked_up_in_vain_and_deletes_nothing(
    started: World, kind: type[Provider], object_id: str, parts: list[str]
) -> None:
    before = started.simulator.snapshot()
    cycle = cycle_of(kind)
    for call in (cycle.read, cycle.delete):
        try:
            call(started.org, "/".join([*parts, object_id]), {})
        except (InvalidArgumentError, NotFoundError) as error:
            must_be_a_refusal(error)
    assert started.simulator.snapshot() == before
    assert not [operation for operation in started.operations() if "unknown" in operation]


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        (("description",), "a\ud800b", ("description", "half a character (a lone surrogate) stands in it")),
        (("description",), "a\x1b[31mb", ("description", "has the control character '\\x1b' in it, at position 1")),
        (("description",), "x" * 65_537, ("description", "has 65537 characters; at most 65536 are allowed")),
        (("name",), "a\u2028b", ("name", "'a\\u2028b-x' has a control character or an invisible one in it")),
        (("name",), 10**400, ("name", "the number is too large to be sent")),
        (("name",), b"a", ("name", "expected text, a number, a list or a dict, got bytes")),
        (("name",), {"a\r\nb": {1: 2}}, ("name['a\\r\\nb']", "a name in a dict has to be text, not int")),
        (
            ("name",),
            "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
            ("name", "the text means something else to Pulumi"),
        ),
        (
            ("description",),
            {"4dabf18193072939515e22adb298388d": "x"},
            ("description", "a name in it means something else to Pulumi"),
        ),
    ],
)
def test_the_error_names_the_property_and_shows_nothing_raw(
    started: World, path: tuple[str], value: Any, found: tuple[str, str]
) -> None:
    program = with_value(started.programs[providers.Team], path, value)
    _, failures = cycle_of(providers.Team).check(started.org, {}, program)
    assert [(failure.path, failure.reason) for failure in failures] == [found]


@pytest.mark.parametrize("kind", [list, dict])
def test_nesting_has_an_end(started: World, kind: type) -> None:
    note = started.programs[providers.IncidentNote]
    cycle = cycle_of(providers.IncidentNote)
    assert attempt(started, providers.IncidentNote, ("json_value", "n"), nested(63, kind)) is Outcome.KEPT
    _, failures = cycle.check(started.org, {}, with_value(note, ("json_value", "n"), nested(64, kind)))
    [failure] = failures
    assert failure.path.startswith("json_value.n")
    assert failure.reason == "lists and dicts stand more than 64 deep within each other"


@pytest.mark.parametrize(
    "username", ["a\u200bda", "ada\u0301", "\u0130", "ada\U000e0041", "\U0001f600", "a da", "\ue000"]
)
def test_a_username_has_nothing_in_it_that_could_be_mistaken(started: World, username: str) -> None:
    for kind, path in (
        (providers.User, ("username",)),
        (providers.TeamMembership, ("username",)),
        (providers.Rotation, ("shifts", 0, "usernames", 0)),
    ):
        assert attempt(started, kind, path, username) is Outcome.AT_CHECK


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        (
            providers.Team,
            ("name",),
            "\u041f\u043b\u0430\u0442 24/7 <b>&amp;%2f\\ \U0001f469\u200d\U0001f4bb",
        ),
        (providers.Team, ("description",), "\u05e9\u05dc\u05d5\u05dd\u200f \u202bmixed\u202c\r\n\ttabs"),
        (providers.User, ("username",), "zo\u00eb.o+x@example.com"),
        (providers.User, ("last_name",), "O'Brien-\u0141ukasz; DROP TABLE users;--"),
        (providers.IncidentNote, ("name",), "../../team?x=1#%2e%2e"),
        (providers.IncidentNote, ("json_value", "url"), "\0\x1b\u202e\u2028'\"\\"),
    ],
)
def test_odd_but_good_values_come_back_as_they_are(
    started: World, kind: type[Provider], path: tuple[str, ...], value: str
) -> None:
    assert attempt(started, kind, path, value) is Outcome.KEPT


def test_a_trial_tells_a_defect(started: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(started.org.client.teams, "create", broken)
    with pytest.raises(DefectError, match=r"Team .* RuntimeError: broken"):
        attempt(started, providers.Team, ("name",), "fine")
    monkeypatch.undo()
    monkeypatch.setattr(Cycle, "diff", lambda *_given: Difference(["name"], [], False))
    with pytest.raises(DefectError, match=r"comes back with other \['name'\]"):
        attempt(started, providers.Team, ("name",), "fine")
