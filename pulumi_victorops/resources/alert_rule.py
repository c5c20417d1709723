"""The `AlertRule` resource, and what its annotations are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pulumi
from typing_extensions import Required, TypedDict

from pulumi_victorops import providers
from pulumi_victorops.resources.base import VictorOpsResource

AnnotationType = Literal["image", "url", "note"]
"""What an annotation shows."""

MatchType = Literal["WILDCARD", "REGEX"]
"""How a rule compares, in VictorOps's own words."""


class Annotation(TypedDict, total=False):
    """What a rule does to an alert. `Annotate` makes one of each sort; a plain dict does too.

    Attributes:
        annotation_type: one of `AnnotationType`; `note` for a transformation.
        field_name: the annotation's title; for a transformation the alert's field.
        field_value: the address or the text; for a transformation the field's new value. Variables such as
            `${{host_name}}` stand for the alert's own fields.
        transformation: whether it writes into the alert's field instead of adding an annotation; False where not
            given.
    """

    annotation_type: Required[pulumi.Input[AnnotationType]]
    field_name: Required[pulumi.Input[str]]
    field_value: Required[pulumi.Input[str]]
    transformation: pulumi.Input[bool]


class Annotate:
    """Makes the annotations of a rule, one method for each sort."""

    @staticmethod
    def image(title: pulumi.Input[str], address: pulumi.Input[str]) -> Annotation:
        """Show an image, by its address."""
        return Annotation(annotation_type="image", field_name=title, field_value=address)

    @staticmethod
    def url(title: pulumi.Input[str], address: pulumi.Input[str]) -> Annotation:
        """Link to a page, such as a runbook."""
        return Annotation(annotation_type="url", field_name=title, field_value=address)

    @staticmethod
    def note(title: pulumi.Input[str], text: pulumi.Input[str]) -> Annotation:
        """Add a text."""
        return Annotation(annotation_type="note", field_name=title, field_value=text)

    @staticmethod
    def transform(field: pulumi.Input[str], value: pulumi.Input[str]) -> Annotation:
        """Write a value into a field of the alert, such as `routing_key`."""
        return Annotation(annotation_type="note", field_name=field, field_value=value, transformation=True)


class AlertRule(VictorOpsResource, provider=providers.AlertRule):
    """An alert rule: adds annotations to alerts that match, or changes their fields.

    Its id is the service's number, as text. API operations: `GET` and `POST` `/api-public/v1/alertRules`, and `PUT`,
    `DELETE` `/api-public/v1/alertRules/{ruleId}`.

    Example:
        vo.AlertRule("db-runbook", alert_field="host_name", alert_value_match="db-*", annotations=[
            vo.Annotate.url("Runbook", "https://wiki.example.com/db"),
            vo.Annotate.transform("routing_key", "database"),
        ])
    """

    alert_field: pulumi.Output[str]
    """The field of the alert that is compared."""
    alert_value_match: pulumi.Output[str]
    """What the field is compared with."""
    match_type: pulumi.Output[str]
    """`WILDCARD` or `REGEX`."""
    stop_flag: pulumi.Output[bool]
    """Whether rules behind this one are left out where this one matches."""
    rank: pulumi.Output[int | None]
    """The rule's place, where the program gives one."""
    notes: pulumi.Output[str]
    """A remark for people."""
    route_key: pulumi.Output[str]
    """The routing key whose alerts it's for; empty for all alerts."""
    annotations: pulumi.Output[Sequence[Mapping[str, Any]]]
    """What it does, in order."""

    def __init__(
        self,
        resource_name: str,
        *,
        alert_field: pulumi.Input[str],
        alert_value_match: pulumi.Input[str],
        match_type: pulumi.Input[MatchType] | None = None,
        stop_flag: pulumi.Input[bool] | None = None,
        rank: pulumi.Input[int] | None = None,
        notes: pulumi.Input[str] | None = None,
        route_key: pulumi.Input[str] | None = None,
        annotations: pulumi.Input[Sequence[pulumi.Input[Annotation]]] | None = None,
        adopt: bool | None = None,
        profile: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Describe an alert rule. Every change is made in place.

        Args:
            resource_name: the name of the resource in the program.
            alert_field: the field of the alert that is compared, such as `host_name`, `entity_id`, `monitoring_tool`,
                `service` or `routing_key`.
            alert_value_match: what it's compared with: a text with wildcards (`*`), or a regular expression; not empty.
            match_type: `WILDCARD` or `REGEX`; `WILDCARD` where not given.
            stop_flag: leave out the rules behind this one where this one matches; False where not given.
            rank: the rule's place, 1 for the first. Where not given, the service decides, and other rules may move it.
            notes: a remark for people; empty where not given.
            route_key: the routing key whose alerts it's for; where not given or empty, it's for all alerts.
            annotations: what it does, in order; nothing where not given. Each is made by `Annotate` or a dict.
            adopt: whether to take over an object that exists already and change it as described here; the stack's
                `victorops:adopt` where not given. A change does nothing.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given. A
                change to another org replaces it.
            opts: Pulumi's own options.

        Raises:
            Nothing here. Unacceptable values fail the preview with the property's path, such as
            `annotations[1].field_name`.
        """
        self._register(
            resource_name,
            {
                "alert_field": alert_field,
                "alert_value_match": alert_value_match,
                "match_type": match_type,
                "stop_flag": stop_flag,
                "rank": rank,
                "notes": notes,
                "route_key": route_key,
                "annotations": annotations,
            },
            opts,
            adopt=adopt,
            profile=profile,
        )

    @staticmethod
    def get(
        resource_name: str,
        id: pulumi.Input[str],  # noqa: A002 - the name that Pulumi uses
        opts: pulumi.ResourceOptions | None = None,
        *,
        profile: str | None = None,
    ) -> AlertRule:
        """Look up an alert rule that the program doesn't manage.

        Args:
            resource_name: the name of the resource in the program.
            id: the rule's number, as text.
            opts: Pulumi's own options.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given.
        """
        return AlertRule._look_up(resource_name, id, opts, profile)
