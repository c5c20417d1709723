"""The page: a row for each kind of resource, and why some take more calls than one."""

from __future__ import annotations

from tools.calls.measure import Calls, Life

_PREFIX = "/api-public"

_HEADER = """\
# Calls

The calls that each resource makes to the service, one after the other, in operations of their own: created, read by a
refresh, changed in place, deleted. *Read of another* is a second one beside the first, in the same refresh: what was
listed for the first serves it too. *Replaces* means that every change makes a new object: a creation and a deletion.
All paths begin with `/api-public`. A preview makes no calls, but for one list of keys where a policy is replaced or a
key's targets change, and for an [audit](deletes.md#before-it-happens).

Made by `python -m tools.calls > docs/calls.md`, which makes each resource through the engine's protocol against the
simulator, and lets that count.

| resource | create | read | read of another | update | delete |
|---|---|---|---|---|---|
"""

_REASONS_HEADER = """
## More than one

| kind | why |
|---|---|
"""

REASONS = {
    "User": "What names somebody is looked for before they are deleted: a call or two for each policy and team of "
    "the org. That serves all deletions, here also that of the membership, for which a team's own would do. Where "
    "somebody takes over, it is looked at again.",
    "Team": "A deletion tells what goes along.",
    "EscalationPolicy": "A policy doesn't tell its team. One list of all policies does, read once for all of them. A "
    "deletion tells which routing keys go along.",
    "Rotation": "The answer to a creation has no slug, which policies need. Only a list tells it.",
    "RotationShiftAssignment": "One list finds the shift by its label. Where the program gives its number, there is no "
    "such call.",
    "PagingPolicy": "Steps are written one by one, after a look at those that are there, and only where they differ. A "
    "rule for the address that came with the user needs its number, which a list tells. A deletion brings back the one "
    "step of a new user.",
    "AlertRule": "A change replaces the whole rule. Where the program leaves its rank open, a look at the present one "
    "keeps it.",
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
