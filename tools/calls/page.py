"""The page: a row for each kind of resource, and why some take more calls than one."""

from __future__ import annotations

from tools.calls.measure import Calls, Life

_PREFIX = "/api-public"

_HEADER = """\
# Calls

The calls that each resource makes to the service, one after the other, in operations of their own: created, read by a
refresh, changed in place, deleted. *Read of another* is a second one beside the first, in the same refresh, without a
[journal](adopting.md#what-an-interrupted-run-leaves-behind): what was listed for the first serves it too. *Replaces*
means that every change makes a new object: a creation and a deletion. All paths begin with `/api-public`. A preview
makes no calls, but for one list of keys where a policy is replaced or a key's targets change, for an object of which a
change or a deletion was cut off, and for an [audit](deletes.md#before-it-happens).

Made by `python -m tools.calls > docs/calls.md`, which makes each resource through the engine's protocol against the
simulator, and lets that count.

| resource | create | read | read of another | update | delete |
|---|---|---|---|---|---|
"""

_REASONS_HEADER = """
## Lists

Within an operation each list is read once, by whoever needs it first; whoever needs it meanwhile waits for it. What the
operation itself writes is put into it, or it's read again where the answer to a write doesn't tell enough. What a list
doesn't have is gone. If the list can't be read, nothing is gone, and the refresh fails.

A user, a team or an override is read alone while it's the only one, so that a small stack doesn't read all of a big
org. From the second on the list serves all. A refresh where the stack's journal is knows how many there are, and reads
the list at once. On another machine, such as a CI runner that is new each time, the first one waits until there is a
second, or until all else has been read. With `--parallel 1` nothing comes beside it: without the journal, that's one
call more for each of the three kinds.

`pulumi refresh` and `pulumi up --refresh` read everything for their preview and then again. `--skip-preview` spares
half of the calls.

Three users or more who are made at the same time are made by one call, with a list of users beside; the engine makes
as many at the same time as its `--parallel` says.

A refresh makes these calls, and no others:

| what the stack has | calls |
|---|---|
| users, teams, overrides | 1 for each of the three kinds |
| routing keys, alert rules, maintenance modes | 1 for each of the three kinds |
| escalation policies | 1, and 1 for each policy |
| memberships | 1 for each team that has one in the stack |
| rotations, turns | 1 for each team that has one in the stack |
| contact methods | 1 for each user who has one in the stack |
| paging policies | 1 for each, and 1 for contact methods where a rule is for the address that came with the user |
| assignments of overrides | none beside the overrides' own; 1 where these aren't in the stack |
| notes | 1 for each incident |

`tests/provider/test_reference_org.py` counts them for 540 resources, 176 calls.

## More than one

| kind | why |
|---|---|
"""

REASONS = {
    "User": "What names somebody is looked for before they are deleted: a call or two for each policy and team of "
    "the org. That serves all deletions, here also that of the team, which tells what goes along, and that of the "
    "membership, for which a team's own would do. Where somebody takes over, it is looked at again.",
    "EscalationPolicy": "A policy doesn't tell its team. One list of all policies does, read once for all of them. A "
    "deletion tells which routing keys go along.",
    "Rotation": "The answer to a creation has no slug, which policies need. Only a list tells it. That serves others, "
    "too, that are made side by side in the team.",
    "RotationShiftAssignment": "One list finds the shifts of a team's rotations by their labels. Where the program "
    "gives their numbers, or makes the rotation in the same update, there is no such call.",
    "PagingPolicy": "Steps are written one by one, after a look at those that are there, and only where they differ. A "
    "rule for the address that came with the user needs its number, which a list tells. A deletion brings back the one "
    "step of a new user.",
    "AlertRule": "A change replaces the whole rule. Where the program leaves its rank open, a look at the present one "
    "keeps it; one list serves all rules that change.",
    "OverrideAssignment": "Creating one looks when the override ends, to tell later what ended by itself from what was "
    "deleted. An override that is made in the same update has told that already.",
}
"""Why a kind of resource takes more than one call for anything."""


def page(lives: dict[str, Life]) -> str:
    """The whole page."""
    rows = "".join(_row(name, life) for name, life in lives.items())
    reasons = "".join(f"| `{name}` | {reason} |\n" for name, reason in REASONS.items())
    return f"{_HEADER}{rows}{_REASONS_HEADER}{reasons}"


def most(life: Life) -> int:
    """How many calls its busiest operation makes."""
    return max(sum(calls.values()) for calls in _columns(life) if calls is not None)


def _columns(life: Life) -> list[Calls | None]:
    return [life.create, life.read, life.read_of_another, life.update, life.delete]


def _row(name: str, life: Life) -> str:
    return f"| `{name}` | {' | '.join(map(_cell, _columns(life)))} |\n"


def _cell(calls: Calls | None) -> str:
    if calls is None:
        return "replaces"
    if not calls:
        return "none"
    return "<br>".join(_times(operation, count) for operation, count in sorted(calls.items()))


def _times(operation: str, count: int) -> str:
    shown = f"`{operation.replace(_PREFIX, '', 1)}`"
    return shown if count == 1 else f"{count} times {shown}"
