"""The parts of a resource as a person would write them: `vo.Step(...)` in the place of a dict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pulumi_victorops.importer.program import Call

_NOTIFY = {
    "user": ("user", "username"),
    "rotation_group": ("on_duty", "rotation_group"),
    "rotation_group_next": ("next_on_duty", "rotation_group"),
    "rotation_group_previous": ("previous_on_duty", "rotation_group"),
    "email": ("email", "email"),
    "webhook": ("webhook", "webhook"),
    "policy_routing": ("policy", "target_policy"),
}
_SHIFT = {"std": "around_the_clock", "pho": "partial_day", "cstm": "multi_day", "fts": "follow_the_sun"}


def as_written(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What a program gives for a resource, with calls in the place of the dicts that they make."""
    makers = _MAKERS.get(kind, {})
    return {name: [makers[name](item) for item in value] if name in makers else value for name, value in given.items()}


def _step(step: dict[str, Any]) -> Call:
    entries = []
    for entry in step["entries"]:
        method, member = _NOTIFY[entry["type"]]
        entries.append(Call(f"vo.Notify.{method}", (entry[member],)))
    return Call("vo.Step", named={"timeout": step["timeout"], "entries": entries})


def _shift(shift: dict[str, Any]) -> Call:
    named = {name: value for name, value in shift.items() if name not in {"label", "type", "windows"}}
    windows = shift.get("windows", [])
    if shift["type"] == "pho":
        named |= windows[0]
    elif windows:
        named["windows"] = [Call("vo.Shift.window", named=window) for window in windows]
    return Call(f"vo.Shift.{_SHIFT[shift['type']]}", (shift["label"],), named)


def _paging_step(step: dict[str, Any]) -> Call:
    rules = []
    for rule in step["rules"]:
        if rule["type"] == "email" and "contact_id" not in rule:
            rules.append(Call("vo.Page.default_email"))
        else:
            rules.append(Call(f"vo.Page.{rule['type']}", (rule["contact_id"],) if "contact_id" in rule else ()))
    return Call("vo.PagingStep", named={"timeout": step["timeout"], "rules": rules})


def _annotation(annotation: dict[str, Any]) -> Call | dict[str, Any]:
    what = (annotation["field_name"], annotation["field_value"])
    if not annotation["transformation"]:
        return Call(f"vo.Annotate.{annotation['annotation_type']}", what)
    # A transformation of another type has no maker.
    return Call("vo.Annotate.transform", what) if annotation["annotation_type"] == "note" else annotation


_MAKERS: dict[str, dict[str, Callable[[dict[str, Any]], Any]]] = {
    "EscalationPolicy": {"steps": _step},
    "Rotation": {"shifts": _shift},
    "PagingPolicy": {"steps": _paging_step},
    "AlertRule": {"annotations": _annotation},
}
