"""Alert rules: operations E76 to E79."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, model_validator

from pulumi_victorops.simulator.bodies import Body, Text
from pulumi_victorops.simulator.records_response import AlertRule, Annotation, MatchType, pattern_of
from pulumi_victorops.simulator.refusals import not_found

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call, Rule

_ALL_KEYS = "*"
_TRANSFORMATION = 1


class _AnnotationBody(Body):
    annotation_type: Literal["i", "u", "s"]
    field_name: Text
    field_value: str
    flags: Annotated[int, Field(ge=0, le=_TRANSFORMATION)] = 0


class _RuleBody(Body):
    alert_field: Text
    alert_value_match: Text
    match_type: MatchType
    stop_flag: bool | None = None
    rank: Annotated[int, Field(ge=1)] | None = None
    notes: str | None = None
    route_key: Text | None = None
    routing_key: Text | None = None
    annotations: list[_AnnotationBody]

    @model_validator(mode="after")
    def _can_be_matched(self) -> _RuleBody:
        pattern_of(self.match_type, self.alert_value_match)
        return self


def _rule_json(rule: AlertRule) -> dict[str, Any]:
    shown = {
        "id": rule.id,
        "alertField": rule.alert_field,
        "alertValueMatch": rule.alert_value_match,
        "matchType": rule.match_type,
        "rank": rule.rank,
        "stopFlag": rule.stop,
        "lastUpdated": int(rule.updated_at.timestamp() * 1000),
        "lastUpdatedBy": rule.updated_by,
        "notes": rule.notes,
        "routeKey": rule.route_key,
        "annotations": [
            {
                "id": annotation.id,
                "annotationType": annotation.type,
                "fieldName": annotation.field,
                "fieldValue": annotation.value,
                "flags": _TRANSFORMATION if annotation.transforms else 0,
            }
            for annotation in rule.annotations
        ],
    }
    return {member: value for member, value in shown.items() if value is not None}


def _find(call: Call) -> AlertRule:
    for rule in call.org.desk.rules:
        if str(rule.id) == call.params["ruleId"]:
            return rule
    raise not_found(f"No alert rule '{call.params['ruleId']}' found")


def _to_record(call: Call, body: _RuleBody, rule_id: int, rank: int) -> AlertRule:
    return AlertRule(
        id=rule_id,
        alert_field=body.alert_field,
        alert_value_match=body.alert_value_match,
        match_type=body.match_type,
        rank=rank,
        stop=bool(body.stop_flag),
        notes=body.notes,
        route_key=body.route_key or (body.routing_key if call.config.routing_key_alias else None),
        annotations=[
            Annotation(
                id=call.org.new_number(),
                type=annotation.annotation_type,
                field=annotation.field_name,
                value=annotation.field_value,
                transforms=annotation.flags == _TRANSFORMATION,
            )
            for annotation in body.annotations
        ],
        updated_at=call.now,
        updated_by=call.org.key_owner(),
    )


def _list(call: Call) -> list[dict[str, Any]]:
    wanted = call.query.get("routing_key")
    return [
        _rule_json(rule)
        for rule in call.org.desk.rules
        # Rules of one key are shown only if that key is asked for, or all.
        if rule.route_key is None
        or wanted == _ALL_KEYS
        or (wanted is not None and wanted.lower() == rule.route_key.lower())
    ]


def _create(call: Call) -> dict[str, Any]:
    body, desk = call.body(_RuleBody), call.org.desk
    rule = _to_record(call, body, call.org.new_number(), body.rank or desk.last_rank() + 1)
    desk.add_rule(rule)
    return _rule_json(rule)


def _update(call: Call) -> dict[str, Any]:
    before, desk = _find(call), call.org.desk
    body = call.body(_RuleBody)
    rule = _to_record(call, body, before.id, body.rank or before.rank)
    desk.rules.remove(before)
    desk.add_rule(rule)
    return _rule_json(rule)


def _delete(call: Call) -> dict[str, int]:
    rule = _find(call)
    call.org.desk.rules.remove(rule)
    return {"id": rule.id}


RULES: dict[str, Rule] = {
    "GET /api-public/v1/alertRules": _list,
    "POST /api-public/v1/alertRules": _create,
    "PUT /api-public/v1/alertRules/{ruleId}": _update,
    "DELETE /api-public/v1/alertRules/{ruleId}": _delete,
}
"""What answers each operation on alert rules."""
