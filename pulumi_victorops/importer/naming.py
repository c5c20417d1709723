"""Names: what a resource is called in the program, and the variable that holds it."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Callable, Collection
from typing import Any

from pulumi_victorops.importer.service import Found
from pulumi_victorops.importer.wiring import Handle, wired

# The properties that an object's name is made of.
_PARTS = {
    "Team": ("name",),
    "User": ("username",),
    "ContactEmail": ("username", "label"),
    "ContactPhone": ("username", "label"),
    "ContactDevice": ("username", "label"),
    "PagingPolicy": ("username",),
    "TeamMembership": ("username", "team"),
    "Rotation": ("label",),
    "RotationShiftAssignment": ("username", "shift"),
    "EscalationPolicy": ("name",),
    "RoutingKey": ("routing_key",),
    "AlertRule": ("alert_field", "alert_value_match"),
    "Override": ("username", "start"),
    "OverrideAssignment": ("username", "policy"),
    "MaintenanceMode": ("purpose", "routing_keys"),
    "IncidentNote": ("incident", "name"),
}
_LONGEST = 60
_TAKEN = {*dir(builtins), *keyword.kwlist, *keyword.softkwlist, "vo", "pulumi"}


def logical_name(found: Found, name_of: Callable[[Handle], str | None], taken: Collection[str]) -> str:
    """A name for an object's resource, made of the object's own names.

    Args:
        found: the object.
        name_of: what the resource is called that a reference leads to; None where there is none.
        taken: names of other resources of its kind.
    """
    given = wired(found, lambda _, handle: name_of(handle))
    parts = [_plain(_text(name, given[name])) for name in _PARTS[found.kind.name] if name in given]
    name = "-".join(filter(None, parts))[:_LONGEST].strip("-") or found.kind.spelling
    return _free(name, "-", taken)


def variable_name(name: str, kind_word: str, taken: Collection[str]) -> str:
    """A variable for a resource: its name, with its kind behind it where that alone won't do."""
    text = unicodedata.normalize("NFKC", name).casefold()
    variable = "_".join(re.findall(r"[^\W_]+", text))
    if not variable.isidentifier():
        variable = "_".join(filter(None, [kind_word, *re.findall("[a-z0-9]+", text)]))
    if variable in taken or variable in _TAKEN:
        variable = f"{variable}_{kind_word}"
    return _free(variable, "_", taken)


def _text(name: str, value: Any) -> str:
    texts = [str(one) for one in value] if isinstance(value, list) else [str(value)]
    # Of a moment the day is enough.
    return "-".join(text[:10] if name == "start" else text for text in texts)


def _plain(text: str) -> str:
    return "-".join(re.findall(r"[^\W_]+", text.casefold()))


def _free(name: str, joint: str, taken: Collection[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}{joint}{number}"
    return free
