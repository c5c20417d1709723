"""Paging policies, which say how a user is reached: operations E32 and E88 to E96.

Steps and rules are named by their place, counted from 0; what stands behind a deleted one moves up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field

from pulumi_victorops.simulator.bodies import Body
from pulumi_victorops.simulator.records import Contact, PagingRule, PagingStep, User
from pulumi_victorops.simulator.refusals import bad_request, not_found
from pulumi_victorops.simulator.subjects.catalogues import TIMEOUTS
from pulumi_victorops.simulator.subjects.links import link
from pulumi_victorops.simulator.subjects.users import find_user

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call, Rule

_ALL_DEVICES = 0
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

PlacedT = TypeVar("PlacedT", PagingRule, PagingStep)


class _ContactBody(Body):
    id: int
    type: str | None = None


class _RuleBody(Body):
    type: Literal["push", "email", "sms", "phone"]
    contact: _ContactBody | None = None


def _timeout(minutes: int) -> int:
    if minutes not in TIMEOUTS:
        raise ValueError(f"is none of {', '.join(map(str, TIMEOUTS))}")
    return minutes


class _StepBody(Body):
    timeout: Annotated[int, AfterValidator(_timeout)]
    rules: list[_RuleBody] = Field(default_factory=list)


def forget_in_paging(user: User, contact_id: int) -> None:
    """Drop the rules that use a contact or device, and the steps that have no rule left by that."""
    for step in list(user.paging_steps):
        if any(rule.contact_id == contact_id for rule in step.rules):
            step.rules = [rule for rule in step.rules if rule.contact_id != contact_id]
            if not step.rules:
                user.paging_steps.remove(step)


def contact_of(user: User, rule: PagingRule) -> Contact | None:
    """Give the address or number that a rule uses; a push has none."""
    return next((contact for contact in user.contacts if contact.id == rule.contact_id), None)


def _to_rule(user: User, body: _RuleBody) -> PagingRule:
    """Check what a rule wants to use, or refuse with 400."""
    wanted = body.contact.id if body.contact is not None else _ALL_DEVICES
    if body.type == "push":
        if wanted not in {_ALL_DEVICES, *(device.id for device in user.devices)}:
            raise bad_request(f"No device {wanted} found")
        return PagingRule(type="push", contact_id=wanted)
    kind = "email" if body.type == "email" else "phone"
    contact = next((contact for contact in user.contacts if contact.id == wanted and contact.kind == kind), None)
    if body.contact is None or contact is None:
        raise bad_request(f"A rule of type {body.type} needs a contact of type {kind}, {wanted} is none")
    if body.contact.type is not None and body.contact.type.lower() != kind:
        raise bad_request(f"The contact {wanted} is of type {kind}, not {body.contact.type}")
    if kind == "phone" and not contact.verified:
        raise bad_request(f"The phone {contact.value} is not verified")
    return PagingRule(type=body.type, contact_id=wanted)


def _rule_json(user: User, index: int, rule: PagingRule) -> dict[str, Any]:
    shown: dict[str, Any] = {"index": index, "type": rule.type}
    contact = contact_of(user, rule)
    if contact is not None:
        # Sent in lower case, answered with a capital.
        shown["contact"] = {"id": contact.id, "type": contact.kind.capitalize()}
    elif rule.contact_id != _ALL_DEVICES:
        shown["contact"] = {"id": rule.contact_id, "type": "Device"}
    return shown


def _step_json(user: User, index: int, step: PagingStep) -> dict[str, Any]:
    rules = [_rule_json(user, place, rule) for place, rule in enumerate(step.rules)]
    return {"index": index, "timeout": step.timeout, "rules": rules}


def _steps_json(user: User) -> list[dict[str, Any]]:
    return [_step_json(user, index, step) for index, step in enumerate(user.paging_steps)]


def _step_answer(user: User, index: int) -> dict[str, Any]:
    return {
        "step": _step_json(user, index, user.paging_steps[index]),
        "_selfUrl": link("profile", user.username, "policies", str(index)),
    }


def _rule_answer(user: User, step: int, index: int) -> dict[str, Any]:
    return {
        "stepRule": _rule_json(user, index, user.paging_steps[step].rules[index]),
        "_selfUrl": link("profile", user.username, "policies", str(step), str(index)),
    }


def _user(call: Call) -> User:
    return find_user(call.org, call.params["username"])


def _place(call: Call, name: str, placed: list[PlacedT]) -> int:
    """Read a place in a list from the path, or refuse with 404."""
    text = call.params[name]
    for index in range(len(placed)):
        if text == str(index):
            return index
    raise not_found(f"No {name} '{text}' found")


def _step(call: Call, user: User) -> int:
    return _place(call, "step", user.paging_steps)


def _list(call: Call) -> dict[str, Any]:
    user = _user(call)
    return {"steps": _steps_json(user), "_selfUrl": link("profile", user.username, "policies")}


def _append_step(call: Call) -> dict[str, Any]:
    user = _user(call)
    body = call.body(_StepBody)
    user.paging_steps.append(PagingStep(timeout=body.timeout, rules=[_to_rule(user, rule) for rule in body.rules]))
    return _step_answer(user, len(user.paging_steps) - 1)


def _read_step(call: Call) -> dict[str, Any]:
    user = _user(call)
    return _step_answer(user, _step(call, user))


def _replace_step(call: Call) -> dict[str, Any]:
    user = _user(call)
    index = _step(call, user)
    body = call.body(_StepBody)
    user.paging_steps[index] = PagingStep(timeout=body.timeout, rules=[_to_rule(user, rule) for rule in body.rules])
    return _step_answer(user, index)


def _append_rule(call: Call) -> dict[str, Any]:
    user = _user(call)
    step = _step(call, user)
    rules = user.paging_steps[step].rules
    rules.append(_to_rule(user, call.body(_RuleBody)))
    return _rule_answer(user, step, len(rules) - 1)


def _read_rule(call: Call) -> dict[str, Any]:
    user = _user(call)
    step = _step(call, user)
    return _rule_answer(user, step, _place(call, "rule", user.paging_steps[step].rules))


def _replace_rule(call: Call) -> dict[str, Any]:
    user = _user(call)
    step = _step(call, user)
    rules = user.paging_steps[step].rules
    index = _place(call, "rule", rules)
    rules[index] = _to_rule(user, call.body(_RuleBody))
    return _rule_answer(user, step, index)


def _delete_rule(call: Call) -> dict[str, Any]:
    user = _user(call)
    step = _step(call, user)
    rules = user.paging_steps[step].rules
    index = _place(call, "rule", rules)
    answer = _rule_answer(user, step, index)
    del rules[index]
    # A step cannot be deleted as such, so the last rule takes it along.
    if not rules and not call.config.keep_empty_paging_steps:
        del user.paging_steps[step]
    return answer


def _list_all(call: Call) -> dict[str, Any]:
    user = _user(call)
    always = {
        **dict.fromkeys(_WEEK, True),
        "timeZone": "UTC",
        "startTime": "00:00:00.000",
        "endTime": "00:00:00.000",
    }
    primary = {
        "rank": 0,
        "name": "Primary Paging Policy",
        "slug": "primary-paging-policy",
        "timeMask": always,
        "steps": _steps_json(user),
    }
    return {"policies": [primary]}


def _list_flat(call: Call) -> dict[str, Any]:
    user = find_user(call.org, call.params["user"])
    rows = []
    for order, step in enumerate(user.paging_steps):
        for rule in step.rules:
            row = {"order": order, "timeout": step.timeout, "contactType": rule.type}
            contact = contact_of(user, rule) or next(
                (each for each in user.devices if each.id == rule.contact_id), None
            )
            rows.append(row if contact is None else row | {"extId": contact.ext_id})
    return {"username": user.username, "userId": user.id, "policies": rows}


_ALL = "/api-public/v1/profile/{username}/policies"

RULES: dict[str, Rule] = {
    "GET /api-public/v1/user/{user}/policies": _list_flat,
    f"GET {_ALL}": _list,
    f"POST {_ALL}": _append_step,
    f"GET {_ALL}/{{step}}": _read_step,
    f"PUT {_ALL}/{{step}}": _replace_step,
    f"POST {_ALL}/{{step}}": _append_rule,
    f"GET {_ALL}/{{step}}/{{rule}}": _read_rule,
    f"PUT {_ALL}/{{step}}/{{rule}}": _replace_rule,
    f"DELETE {_ALL}/{{step}}/{{rule}}": _delete_rule,
    "GET /api-public/v2/profile/{username}/policies": _list_all,
}
"""What answers each operation on paging policies."""
