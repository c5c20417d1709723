"""Alert rules: what is added to alerts that match, or changed in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from pulumi_victorops.api.alert_rules import AlertRule, AlertRulePayload, AnnotationPayload
from pulumi_victorops.api.arguments import whole_number
from pulumi_victorops.handlers.forms import Name, Text, check_routing_key, check_text
from pulumi_victorops.handlers.removal import removing
from pulumi_victorops.lifecycle.handler import Handler, Live
from pulumi_victorops.lifecycle.inputs import SERVICE_DECIDES, Input, Inputs, known
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.unknown import UNKNOWN, has_unknown
from pulumi_victorops.lifecycle.validation import shown

# The API's letters for the types of annotations.
_LETTERS = {"image": "i", "url": "u", "note": "s"}
_TYPES = {letter: name for name, letter in _LETTERS.items()}
_TRANSFORMATION = 1

# Mistakes in any dialect of regular expressions. Python's isn't the service's, so its other complaints say nothing.
_MISTAKE = re.compile(
    r"unbalanced parenthesis|missing \)|unterminated character set|bad escape \(end|nothing to repeat"
)
# Quoted text, and classes within classes: in some dialects brackets mean something else there.
_OTHER_DIALECT = re.compile(r"\\Q|&&|\[[^\]]*\[")


def _check_match(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty: '*' matches every value")
    return check_text(text)


def _check_scope(text: str) -> str:
    return text and check_routing_key(text)


def _check_rank(rank: int) -> int:
    if rank < 1:
        raise ValueError(f"{rank} is not a rank: expected 1 (the first rule) or more")
    return rank


def _check_regex(pattern: str) -> None:
    if _OTHER_DIALECT.search(pattern):
        return
    try:
        re.compile(pattern)
    except re.error as error:
        at = error.pos or 0
        # Python alone refuses to repeat an anchor, as in `^*`.
        repeats_an_anchor = error.msg == "nothing to repeat" and at > 0 and pattern[at - 1] not in "(|"
        if _MISTAKE.match(error.msg) and not repeats_an_anchor:
            raise ValueError(f"{shown(pattern)} is not a regular expression: {error.msg} at position {at}") from None
    except (OverflowError, RecursionError):
        return


class AnnotationInputs(Inputs):
    """What a rule adds to an alert, or (a transformation) writes into one of its fields."""

    annotation_type: Input[Literal["image", "url", "note"]]
    field_name: Input[Name]
    field_value: Input[Text]
    transformation: Input[bool] = False


def _each_once(annotations: list[AnnotationInputs]) -> list[AnnotationInputs]:
    seen: list[Any] = []
    for one in known(annotations):
        target: list[Any] = [one.field_name, one.transformation, one.transformation is True or one.annotation_type]
        if UNKNOWN in target:
            continue
        if target in seen:
            raise ValueError(f"{one.field_name!r} is set twice, and only the last would count")
        seen.append(target)
    return annotations


class AlertRuleInputs(Inputs):
    """What the program says of an alert rule."""

    alert_field: Input[Name]
    match_type: Input[Literal["WILDCARD", "REGEX"]] = "WILDCARD"
    alert_value_match: Input[Annotated[str, AfterValidator(_check_match)]]
    stop_flag: Input[bool] = False
    rank: Annotated[Input[Annotated[int, AfterValidator(_check_rank)] | None], SERVICE_DECIDES] = None
    notes: Input[Text] = ""
    route_key: Input[Annotated[str, AfterValidator(_check_scope)]] = ""
    annotations: Input[Annotated[list[Input[AnnotationInputs]], AfterValidator(_each_once)]] = Field(
        default_factory=list
    )

    @field_validator("alert_value_match")
    @classmethod
    def _is_a_regular_expression(cls, text: str, seen: ValidationInfo) -> str:
        if seen.data.get("match_type") == "REGEX" and not has_unknown(text):
            _check_regex(text)
        return text


class AlertRuleHandler(Handler[AlertRuleInputs]):
    """The id is the service's number."""

    model = AlertRuleInputs

    def create(self, org: Org, inputs: AlertRuleInputs) -> Live:
        """One call. The ranks of the rules behind it move."""
        made = org.client.alert_rules.create(_payload(inputs, inputs.rank))
        org.directory.alert_rules_changed()
        return _live(made)

    def candidates(self, org: Org, inputs: AlertRuleInputs) -> Iterable[str]:
        """The rules that match the same alerts."""
        return [
            number
            for number, rule in org.directory.alert_rules().items()
            if (rule.alert_field, rule.match_type, rule.alert_value_match, rule.route_key or "")
            == (inputs.alert_field, inputs.match_type, inputs.alert_value_match, inputs.route_key)
        ]

    def read(self, org: Org, object_id: str, known: Mapping[str, Any]) -> Live | None:
        """One call for all rules of the org."""
        rule = org.directory.alert_rules().get(object_id)
        return _live(rule) if rule else None

    def update(self, org: Org, object_id: str, inputs: AlertRuleInputs, changed: Set[str]) -> Live:
        """One call that replaces all of the rule, and one to see its rank where the program leaves that open."""
        rank = inputs.rank
        if rank is None:
            present = org.directory.alert_rules().get(object_id)
            rank = present.rank if present else None
        changed_rule = org.client.alert_rules.update(_number(object_id), _payload(inputs, rank))
        org.directory.alert_rule_told(changed_rule)
        return _live(changed_rule)

    def delete(self, org: Org, object_id: str, known: Mapping[str, Any]) -> None:
        """One call."""
        with removing(org):
            org.client.alert_rules.delete(_number(object_id))
        org.directory.alert_rules_changed()


def _number(object_id: str) -> int:
    return whole_number("id", object_id)


def _payload(inputs: AlertRuleInputs, rank: int | None) -> AlertRulePayload:
    return AlertRulePayload(
        alert_field=inputs.alert_field,
        alert_value_match=inputs.alert_value_match,
        match_type=inputs.match_type,
        stop_flag=inputs.stop_flag,
        rank=rank,
        notes=inputs.notes,
        route_key=inputs.route_key or None,
        annotations=[
            AnnotationPayload(
                annotation_type=_LETTERS[one.annotation_type],
                field_name=one.field_name,
                field_value=one.field_value,
                flags=_TRANSFORMATION if one.transformation else 0,
            )
            for one in inputs.annotations
        ],
    )


def _live(rule: AlertRule) -> Live:
    return Live(
        id=str(rule.id),
        inputs={
            "alert_field": rule.alert_field,
            "alert_value_match": rule.alert_value_match,
            "match_type": rule.match_type,
            "stop_flag": rule.stop_flag,
            "rank": rule.rank,
            "notes": rule.notes or "",
            "route_key": rule.route_key or "",
            "annotations": [
                {
                    "annotation_type": _TYPES.get(one.annotation_type, one.annotation_type),
                    "field_name": one.field_name,
                    "field_value": one.field_value,
                    "transformation": one.flags == _TRANSFORMATION,
                }
                for one in rule.annotations
            ],
        },
    )
