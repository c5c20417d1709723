"""Laws that the one diff algorithm keeps for whatever a program may say."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_victorops.api.rotations import Shift
from pulumi_victorops.handlers.alert_rule import AlertRuleHandler
from pulumi_victorops.handlers.contact_device import ContactDeviceHandler
from pulumi_victorops.handlers.contact_email import ContactEmailHandler
from pulumi_victorops.handlers.contact_phone import ContactPhoneHandler
from pulumi_victorops.handlers.escalation_policy import EscalationPolicyHandler
from pulumi_victorops.handlers.incident_note import IncidentNoteHandler
from pulumi_victorops.handlers.maintenance_mode import MaintenanceModeHandler
from pulumi_victorops.handlers.override import OverrideHandler
from pulumi_victorops.handlers.override_assignment import OverrideAssignmentHandler
from pulumi_victorops.handlers.paging_policy import PagingPolicyHandler
from pulumi_victorops.handlers.rotation import RotationHandler, RotationInputs
from pulumi_victorops.handlers.rotation_shift_assignment import RotationShiftAssignmentHandler
from pulumi_victorops.handlers.routing_key import RoutingKeyHandler
from pulumi_victorops.handlers.shift import from_api, to_api
from pulumi_victorops.handlers.team import TeamHandler
from pulumi_victorops.handlers.team_membership import TeamMembershipHandler
from pulumi_victorops.handlers.user import UserHandler
from pulumi_victorops.lifecycle.cycle import Cycle, whole_numbers
from pulumi_victorops.lifecycle.holders import Holders
from pulumi_victorops.lifecycle.key_paths import KeyPaths
from pulumi_victorops.lifecycle.unknown import UNKNOWN

_WORD = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=8)
_USERNAME = _WORD
_NAME = (
    st.text(min_size=1, max_size=20)
    .map(lambda text: f"x{text.encode('ascii', 'ignore').decode()}x")
    .filter(str.isprintable)
)
# Larger ones don't survive the engine's wire, which has floats only.
_NUMBER = st.integers(0, 2**53)
_EMAIL = _WORD.map(lambda word: f"{word}@example.com")


def _slug(prefix: str) -> st.SearchStrategy[str]:
    return _WORD.map(lambda word: f"{prefix}-{word}")


_ENTRY = st.one_of(
    st.builds(lambda name: {"type": "user", "username": name}, _USERNAME),
    st.builds(
        lambda kind, slug: {"type": kind, "rotation_group": slug},
        st.sampled_from(["rotation_group", "rotation_group_next", "rotation_group_previous"]),
        _slug("rtg"),
    ),
    st.builds(lambda address: {"type": "email", "email": address}, _EMAIL),
    st.builds(lambda slug: {"type": "webhook", "webhook": slug}, _slug("wh")),
    st.builds(lambda slug: {"type": "policy_routing", "target_policy": slug}, _slug("pol")),
)
_STEP = st.fixed_dictionaries(
    {
        "timeout": st.integers(0, 1440),
        "entries": st.lists(_ENTRY, min_size=1, max_size=4, unique_by=lambda entry: json.dumps(entry, sort_keys=True)),
    }
)
_TIME_OF_DAY = st.times().map(lambda time: time.isoformat("minutes"))
_WINDOW = st.fixed_dictionaries(
    {
        "days": st.lists(st.sampled_from(["su", "m", "t", "w", "th", "f", "sa"]), min_size=1, unique=True),
        "start_time": _TIME_OF_DAY,
        "end_time": _TIME_OF_DAY,
    }
)


def _shift(kind: str, windows: int) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "label": _NAME,
            "type": st.just(kind),
            "timezone": st.sampled_from(["UTC", "Europe/London", "America/New_York", "Asia/Kathmandu", "US/Pacific"]),
            # No clock there skips noon.
            "start": st.dates(date(1990, 1, 1), date(2190, 1, 1)).map(lambda day: f"{day}T12:00"),
            "handoff_days": st.integers(1, 365),
            "usernames": st.lists(_USERNAME, min_size=1, max_size=3),
            **({"windows": st.lists(_WINDOW, min_size=1, max_size=windows)} if windows else {}),
        }
    )


_SHIFT = st.one_of(_shift("std", 0), _shift("pho", 1), _shift("cstm", 3), _shift("fts", 3))
_ANNOTATION = st.fixed_dictionaries(
    {
        "annotation_type": st.sampled_from(["image", "url", "note"]),
        "field_name": _NAME,
        "field_value": st.text("ab $\n"),
    },
    optional={"transformation": st.booleans()},
)
_PHONE = st.integers(2_000_000_000, 2_099_999_999).map(lambda number: f"+44 {number}")
_PAGING_RULE = st.one_of(
    st.just({"type": "push"}),
    st.just({"type": "email"}),
    st.builds(
        lambda kind, number: {"type": kind, "contact_id": number},
        st.sampled_from(["email", "sms", "phone"]),
        st.integers(1, 10**6),
    ),
)
_PAGING_STEP = st.fixed_dictionaries(
    {
        "timeout": st.sampled_from([1, 5, 10, 15, 20, 25, 30, 45, 60]),
        "rules": st.lists(
            _PAGING_RULE, min_size=1, max_size=4, unique_by=lambda rule: json.dumps(rule, sort_keys=True)
        ),
    }
)
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e15, 1e15) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
_PROGRAMS: dict[str, tuple[Cycle[Any], st.SearchStrategy[dict[str, Any]]]] = {
    "user": (
        Cycle(UserHandler()),
        st.fixed_dictionaries(
            {"username": _USERNAME, "first_name": _NAME, "last_name": _NAME, "email": _EMAIL},
            optional={"expiration_hours": st.integers(1, 8784), "replacement_user": _USERNAME},
        ),
    ),
    "team": (Cycle(TeamHandler()), st.fixed_dictionaries({"name": _NAME}, optional={"description": st.text("ab\n")})),
    "membership": (
        Cycle(TeamMembershipHandler()),
        st.fixed_dictionaries({"team": _slug("team"), "username": _USERNAME}, optional={"replacement_user": _USERNAME}),
    ),
    "policy": (
        Cycle(EscalationPolicyHandler()),
        st.fixed_dictionaries(
            {"team": _slug("team"), "name": _NAME, "steps": st.lists(_STEP, min_size=1, max_size=3)},
            optional={"ignore_custom_paging_policies": st.booleans()},
        ),
    ),
    "rotation": (
        Cycle(RotationHandler()),
        st.fixed_dictionaries(
            {
                "team": _slug("team"),
                "label": _NAME,
                "shifts": st.lists(_SHIFT, min_size=1, max_size=3, unique_by=lambda shift: shift["label"]),
            }
        ),
    ),
    "turn": (
        Cycle(RotationShiftAssignmentHandler()),
        st.fixed_dictionaries(
            {
                "rotation": st.integers(0).map(lambda number: f"team-a/{number}"),
                "shift": _NAME | _NUMBER,
                "username": _USERNAME,
            },
            optional={"position": _NUMBER},
        ),
    ),
    "key": (
        Cycle(RoutingKeyHandler()),
        st.fixed_dictionaries(
            {"routing_key": _WORD, "targets": st.lists(_slug("pol"), min_size=1, max_size=4, unique=True)}
        ),
    ),
    "alert rule": (
        Cycle(AlertRuleHandler()),
        st.fixed_dictionaries(
            {"alert_field": _NAME, "alert_value_match": _WORD},
            optional={
                "match_type": st.sampled_from(["WILDCARD", "REGEX"]),
                "stop_flag": st.booleans(),
                "rank": st.integers(1, 50),
                "notes": st.text("ab\n"),
                "route_key": _WORD,
                "annotations": st.lists(_ANNOTATION, max_size=4, unique_by=lambda one: one["field_name"]),
            },
        ),
    ),
    "email": (
        Cycle(ContactEmailHandler()),
        st.fixed_dictionaries(
            {"username": _USERNAME, "email": _EMAIL, "label": _NAME}, optional={"rank": st.integers(0, 999)}
        ),
    ),
    "phone": (
        Cycle(ContactPhoneHandler()),
        st.fixed_dictionaries(
            {"username": _USERNAME, "phone": _PHONE, "label": _NAME}, optional={"rank": st.integers(0, 999)}
        ),
    ),
    "device": (
        Cycle(ContactDeviceHandler()),
        st.fixed_dictionaries(
            {"username": _USERNAME, "device": _WORD, "label": _NAME},
            optional={"escalation_notification_sound": _WORD, "chat_escalation_sound": _WORD},
        ),
    ),
    "paging policy": (
        Cycle(PagingPolicyHandler()),
        st.fixed_dictionaries({"username": _USERNAME, "steps": st.lists(_PAGING_STEP, min_size=1, max_size=3)}),
    ),
    "override": (
        Cycle(OverrideHandler()),
        st.fixed_dictionaries(
            {
                "username": _USERNAME,
                "timezone": st.sampled_from(["UTC", "Europe/London", "America/New_York", "Asia/Kathmandu"]),
                # No clock there skips noon.
                "start": st.dates(date(1990, 1, 1), date(2090, 1, 1)).map(lambda day: f"{day}T12:00"),
                "end": st.dates(date(2091, 1, 1), date(2190, 1, 1)).flatmap(
                    lambda day: st.sampled_from([f"{day}T12:00", f"{day}T12:00:30Z", f"{day}T12:00-03:30"])
                ),
            }
        ),
    ),
    "cover": (
        Cycle(OverrideAssignmentHandler()),
        st.fixed_dictionaries(
            {"override": _slug("ovrprd"), "policy": _slug("pol"), "username": _USERNAME},
            optional={"accept_overlap": st.booleans()},
        ),
    ),
    "maintenance of some": (
        Cycle(MaintenanceModeHandler()),
        st.fixed_dictionaries(
            {"routing_keys": st.lists(_WORD, min_size=1, max_size=4, unique=True)},
            optional={"all_routing_keys": st.just(False), "purpose": st.text("ab\n")},
        ),
    ),
    "maintenance of all": (
        Cycle(MaintenanceModeHandler()),
        st.fixed_dictionaries({"all_routing_keys": st.just(True)}, optional={"purpose": st.text("ab\n")}),
    ),
    "note": (
        Cycle(IncidentNoteHandler()),
        st.fixed_dictionaries(
            {
                "incident": st.integers(1, 10**9) | st.integers(1, 10**9).map(str),
                "name": _NAME,
                "display_name": _NAME,
                "json_value": st.dictionaries(st.text(max_size=5), _JSON, max_size=3),
            }
        ),
    ),
}

every_kind = pytest.mark.parametrize(("cycle", "programs"), _PROGRAMS.values(), ids=_PROGRAMS)
# A check looks at the org's routing keys at the most, and this one has none.
_NO_LISTS: Any = SimpleNamespace(routing_keys=dict)
_NO_ORG: Any = SimpleNamespace(
    holders=Holders(),
    directory=_NO_LISTS,
    key_paths=KeyPaths(_NO_LISTS),
    settings=SimpleNamespace(name_suffix="", extended_api=False, journal=None),
    key="org",
)


def _checked(cycle: Cycle[Any], properties: dict[str, Any]) -> dict[str, Any]:
    inputs, failures = cycle.check(_NO_ORG, {}, properties)
    assert failures == []
    return inputs


def _map_leaves(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, dict):
        return {name: _map_leaves(item, change) for name, item in value.items()}
    if isinstance(value, list):
        return [_map_leaves(item, change) for item in value]
    return change(value)


def _float_if_int(leaf: Any) -> Any:
    return float(leaf) if isinstance(leaf, int) and not isinstance(leaf, bool) else leaf


def _paths(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [here, *(path for key, item in inner for path in _paths(item, (*here, key)))]


def _with(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    changed = copy.deepcopy(value)
    target = changed
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = new
    return changed


@every_kind
@given(data=st.data())
def test_nothing_differs_from_itself(
    cycle: Cycle[Any], programs: st.SearchStrategy[dict[str, Any]], data: st.DataObject
) -> None:
    inputs = _checked(cycle, data.draw(programs))
    found = cycle.diff(_NO_ORG, "id", inputs, inputs)
    assert (found.changed, found.replaces, found.deletes_first) == ([], [], False)


@every_kind
@given(data=st.data())
def test_a_second_check_changes_nothing(
    cycle: Cycle[Any], programs: st.SearchStrategy[dict[str, Any]], data: st.DataObject
) -> None:
    inputs = _checked(cycle, data.draw(programs))
    assert _checked(cycle, inputs) == inputs


@every_kind
@given(data=st.data())
def test_the_trip_over_the_wire_changes_nothing(
    cycle: Cycle[Any], programs: st.SearchStrategy[dict[str, Any]], data: st.DataObject
) -> None:
    program = data.draw(programs)
    assert _checked(cycle, _map_leaves(program, _float_if_int)) == _checked(cycle, program)
    over_the_wire = _map_leaves(_checked(cycle, program), _float_if_int)
    assert cycle.diff(_NO_ORG, "id", over_the_wire, _checked(cycle, program)).changed == []


@every_kind
@given(data=st.data())
def test_a_value_that_is_not_known_never_raises_and_always_counts_as_a_change(
    cycle: Cycle[Any], programs: st.SearchStrategy[dict[str, Any]], data: st.DataObject
) -> None:
    program = data.draw(programs)
    path = data.draw(st.sampled_from([path for path in _paths(program) if path]))
    partly = _with(program, path, UNKNOWN)
    inputs, failures = cycle.check(_NO_ORG, {}, partly)
    assert failures == []
    found = cycle.diff(_NO_ORG, "id", _checked(cycle, program), inputs)
    assert path[0] in found.changed


@given(program=_PROGRAMS["policy"][1], seed=st.integers(0, 10**6))
def test_the_order_of_entries_does_not_matter_and_that_of_steps_does(program: dict[str, Any], seed: int) -> None:
    cycle = _PROGRAMS["policy"][0]
    inputs = _checked(cycle, program)
    shuffled = copy.deepcopy(inputs)
    for step in shuffled["steps"]:
        random.Random(seed).shuffle(step["entries"])
    assert cycle.diff(_NO_ORG, "id", inputs, shuffled).changed == []
    backwards = {**inputs, "steps": inputs["steps"][::-1]}
    means_the_same = [_sorted_step(step) for step in inputs["steps"]] == [
        _sorted_step(step) for step in backwards["steps"]
    ]
    assert (cycle.diff(_NO_ORG, "id", inputs, backwards).changed == []) is means_the_same


def _sorted_step(step: dict[str, Any]) -> tuple[Any, list[str]]:
    return step["timeout"], sorted(json.dumps(entry, sort_keys=True) for entry in step["entries"])


@given(program=_PROGRAMS["key"][1], seed=st.integers(0, 10**6))
def test_the_order_of_targets_does_not_matter(program: dict[str, Any], seed: int) -> None:
    cycle = _PROGRAMS["key"][0]
    shuffled = copy.deepcopy(program)
    random.Random(seed).shuffle(shuffled["targets"])
    assert cycle.diff(_NO_ORG, "id", program, shuffled).changed == []


@given(program=_PROGRAMS["rotation"][1], seed=st.integers(0, 10**6))
def test_the_order_of_shifts_windows_and_days_does_not_matter_and_that_of_members_does(
    program: dict[str, Any], seed: int
) -> None:
    cycle = _PROGRAMS["rotation"][0]
    shuffled = copy.deepcopy(program)
    random.Random(seed).shuffle(shuffled["shifts"])
    for shift in shuffled["shifts"]:
        random.Random(seed).shuffle(shift.get("windows", []))
        for window in shift.get("windows", []):
            random.Random(seed).shuffle(window["days"])
    assert cycle.diff(_NO_ORG, "id", program, shuffled).changed == []
    backwards = copy.deepcopy(program)
    members = backwards["shifts"][0]["usernames"]
    backwards["shifts"][0]["usernames"] = members[::-1]
    assert (cycle.diff(_NO_ORG, "id", program, backwards).changed == []) is (members == members[::-1])


@given(program=_PROGRAMS["rotation"][1])
def test_a_shift_that_the_service_tells_as_it_was_sent_is_the_same(program: dict[str, Any]) -> None:
    inputs = RotationInputs.model_validate(program)
    sent = [to_api(shift).to_json() for shift in inputs.shifts]
    told = [{**shift, "shiftMembers": shift["usernames"]} for shift in sent]
    assert [from_api(Shift.model_validate(shift)).keys() for shift in told] == [one.keys() for one in program["shifts"]]
    live = {**program, "shifts": [from_api(Shift.model_validate(shift)) for shift in told]}
    assert _PROGRAMS["rotation"][0].diff(_NO_ORG, "id", live, program).changed == []


@given(program=_PROGRAMS["user"][1])
def test_the_case_of_names_and_addresses_does_not_matter(program: dict[str, Any]) -> None:
    cycle = _PROGRAMS["user"][0]
    loud = {**program, "email": program["email"].upper(), "username": program["username"].upper()}
    assert cycle.diff(_NO_ORG, "id", program, loud).changed == []


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(UNKNOWN),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@every_kind
@settings(max_examples=200)
@given(data=st.data())
def test_whatever_a_program_says_is_checked_without_a_traceback(
    cycle: Cycle[Any], programs: st.SearchStrategy[dict[str, Any]], data: st.DataObject
) -> None:
    program = data.draw(programs)
    path = data.draw(st.sampled_from([path for path in _paths(program) if path]))
    odd = _with(program, path, data.draw(_ANYTHING))
    inputs, failures = cycle.check(_NO_ORG, {}, odd)
    assert all("\n" not in one.reason and len(one.reason) < 500 for one in failures)
    cycle.diff(_NO_ORG, "id", _checked(cycle, program), inputs)


def test_whole_floats_become_integers_at_any_depth() -> None:
    assert whole_numbers({"a": [1.0, {"b": 2.0}], "c": 0.5, "d": True}) == {"a": [1, {"b": 2}], "c": 0.5, "d": True}
