"""Alert rules: what is added to matching alerts, or changed in them."""

from __future__ import annotations

from pydantic import Field

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.models import ApiModel, Moment, parse, parse_list
from pulumi_victorops.api.transport import Transport


class AnnotationPayload(ApiModel):
    """What a rule does to an alert.

    `annotation_type` is `u` for a URL, `s` for a note and `i` for an image; `flags` is 0 for an annotation and 1 for
    a transformation of the alert's own field.
    """

    annotation_type: str
    field_name: str
    field_value: str
    flags: int = 0


class Annotation(AnnotationPayload):
    """An annotation of a rule; it gets a new id whenever the rule is replaced."""

    id: int | None = None


class AlertRulePayload(ApiModel):
    """What is sent to create or to replace a rule; one without `route_key` is for all alerts."""

    alert_field: str
    alert_value_match: str
    match_type: str
    stop_flag: bool = False
    rank: int | None = None
    notes: str | None = None
    route_key: str | None = None
    annotations: list[AnnotationPayload] = Field(default_factory=list)


class AlertRule(ApiModel):
    """A rule, as the service describes one. Its `rank` moves when others are inserted before it."""

    id: int
    alert_field: str = ""
    alert_value_match: str = ""
    match_type: str = ""
    stop_flag: bool = False
    rank: int | None = None
    notes: str | None = None
    route_key: str | None = None
    annotations: list[Annotation] = Field(default_factory=list)
    last_updated: Moment | None = None
    last_updated_by: str | None = None


class AlertRules:
    """The calls about alert rules. No call reads one alone."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def all(self, *, routing_key: str | None = "*") -> list[AlertRule]:
        """`GET /api-public/v1/alertRules`: all of them, or those for one routing key.

        With None the service may leave out the rules that are for one routing key only.
        """
        query = None if routing_key is None else {"routing_key": routing_key}
        return parse_list(AlertRule, self._transport.call(op.LIST_ALERT_RULES, query=query), op.LIST_ALERT_RULES)

    def create(self, payload: AlertRulePayload) -> AlertRule:
        """`POST /api-public/v1/alertRules`."""
        data = self._transport.call(op.ADD_ALERT_RULE, body=payload.to_json())
        return parse(AlertRule, data, op.ADD_ALERT_RULE)

    def update(self, rule: int, payload: AlertRulePayload) -> AlertRule:
        """`PUT /api-public/v1/alertRules/{ruleId}`: replaces all of it, the annotations too."""
        data = self._transport.call(op.UPDATE_ALERT_RULE, body=payload.to_json(), ruleId=rule)
        return parse(AlertRule, data, op.UPDATE_ALERT_RULE)

    def delete(self, rule: int) -> None:
        """`DELETE /api-public/v1/alertRules/{ruleId}`."""
        self._transport.call(op.DELETE_ALERT_RULE, ruleId=rule)
