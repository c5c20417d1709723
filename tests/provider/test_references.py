"""What the engine keeps of a provider in each resource's state. Users' states hold these very texts."""

from __future__ import annotations

import base64

import pytest
from pulumi.dynamic.dynamic import serialize_provider

import pulumi_victorops as vo
from pulumi_victorops import providers
from pulumi_victorops.lifecycle.dynamic import Provider

PINNED = {
    providers.User: "gASVKgAAAAAAAACMGnB1bHVtaV92aWN0b3JvcHMucHJvdmlkZXJzlIwEVXNlcpSTlCmBlC4=",
    providers.Team: "gASVKgAAAAAAAACMGnB1bHVtaV92aWN0b3JvcHMucHJvdmlkZXJzlIwEVGVhbZSTlCmBlC4=",
    providers.TeamMembership: ("gASVNAAAAAAAAACMGnB1bHVtaV92aWN0b3JvcHMucHJvdmlkZXJzlIwOVGVhbU1lbWJlcnNoaXCUk5QpgZQu"),
    providers.EscalationPolicy: (
        "gASVNgAAAAAAAACMGnB1bHVtaV92aWN0b3JvcHMucHJvdmlkZXJzlIwQRXNjYWxhdGlvblBvbGljeZSTlCmBlC4="
    ),
    providers.RoutingKey: "gASVMAAAAAAAAACMGnB1bHVtaV92aWN0b3JvcHMucHJvdmlkZXJzlIwKUm91dGluZ0tleZSTlCmBlC4=",
    providers.Rotation: "gASVLgAAAAAAAACMGnB1bHVtaV92aWN0b3JvcHMucHJvdmlkZXJzlIwIUm90YXRpb26Uk5QpgZQu",
    providers.RotationShiftAssignment: (
        "gASVPQAAAAAAAACMGnB1bHVtaV92aWN0b3JvcHMucHJvdmlkZXJzlIwXUm90YXRpb25TaGlmdEFzc2lnbm1lbnSUk5QpgZQu"
    ),
    providers.AlertRule: "gASVLwAAAAAAAACMGnB1bHVtaV92aWN0b3JvcHMucHJvdmlkZXJzlIwJQWxlcnRSdWxllJOUKYGULg==",
    providers.ContactEmail: "gASVMgAAAAAAAACMGnB1bHVtaV92aWN0b3JvcHMucHJvdmlkZXJzlIwMQ29udGFjdEVtYWlslJOUKYGULg==",
    providers.ContactPhone: "gASVMgAAAAAAAACMGnB1bHVtaV92aWN0b3JvcHMucHJvdmlkZXJzlIwMQ29udGFjdFBob25llJOUKYGULg==",
    providers.ContactDevice: "gASVMwAAAAAAAACMGnB1bHVtaV92aWN0b3JvcHMucHJvdmlkZXJzlIwNQ29udGFjdERldmljZZSTlCmBlC4=",
    providers.PagingPolicy: "gASVMgAAAAAAAACMGnB1bHVtaV92aWN0b3JvcHMucHJvdmlkZXJzlIwMUGFnaW5nUG9saWN5lJOUKYGULg==",
    providers.Override: "gASVLgAAAAAAAACMGnB1bHVtaV92aWN0b3JvcHMucHJvdmlkZXJzlIwIT3ZlcnJpZGWUk5QpgZQu",
    providers.OverrideAssignment: (
        "gASVOAAAAAAAAACMGnB1bHVtaV92aWN0b3JvcHMucHJvdmlkZXJzlIwST3ZlcnJpZGVBc3NpZ25tZW50lJOUKYGULg=="
    ),
    providers.MaintenanceMode: (
        "gASVNQAAAAAAAACMGnB1bHVtaV92aWN0b3JvcHMucHJvdmlkZXJzlIwPTWFpbnRlbmFuY2VNb2RllJOUKYGULg=="
    ),
    providers.IncidentNote: "gASVMgAAAAAAAACMGnB1bHVtaV92aWN0b3JvcHMucHJvdmlkZXJzlIwMSW5jaWRlbnROb3RllJOUKYGULg==",
}


@pytest.mark.parametrize("provider", PINNED, ids=lambda provider: provider.__name__)
def test_a_provider_is_kept_as_a_reference_of_less_than_100_bytes(provider: type[Provider]) -> None:
    kept = serialize_provider(provider())
    assert kept == PINNED[provider]
    assert len(kept) < 100
    assert len(base64.b64decode(kept)) < 80


@pytest.mark.parametrize("provider", PINNED, ids=lambda provider: provider.__name__)
def test_a_reference_is_no_secret(provider: type[Provider]) -> None:
    assert provider().serialize_as_secret_always is False


def test_every_resource_class_has_the_type_token_of_its_provider() -> None:
    tokens = {
        resource: f"pulumi-python:{resource._resource_type_name}"
        for resource in (
            vo.User,
            vo.Team,
            vo.TeamMembership,
            vo.EscalationPolicy,
            vo.RoutingKey,
            vo.Rotation,
            vo.RotationShiftAssignment,
            vo.AlertRule,
            vo.ContactEmail,
            vo.ContactPhone,
            vo.ContactDevice,
            vo.PagingPolicy,
            vo.Override,
            vo.OverrideAssignment,
            vo.MaintenanceMode,
            vo.IncidentNote,
        )
    }
    assert tokens == {
        vo.User: "pulumi-python:dynamic/victorops:User",
        vo.Team: "pulumi-python:dynamic/victorops:Team",
        vo.TeamMembership: "pulumi-python:dynamic/victorops:TeamMembership",
        vo.EscalationPolicy: "pulumi-python:dynamic/victorops:EscalationPolicy",
        vo.RoutingKey: "pulumi-python:dynamic/victorops:RoutingKey",
        vo.Rotation: "pulumi-python:dynamic/victorops:Rotation",
        vo.RotationShiftAssignment: "pulumi-python:dynamic/victorops:RotationShiftAssignment",
        vo.AlertRule: "pulumi-python:dynamic/victorops:AlertRule",
        vo.ContactEmail: "pulumi-python:dynamic/victorops:ContactEmail",
        vo.ContactPhone: "pulumi-python:dynamic/victorops:ContactPhone",
        vo.ContactDevice: "pulumi-python:dynamic/victorops:ContactDevice",
        vo.PagingPolicy: "pulumi-python:dynamic/victorops:PagingPolicy",
        vo.Override: "pulumi-python:dynamic/victorops:Override",
        vo.OverrideAssignment: "pulumi-python:dynamic/victorops:OverrideAssignment",
        vo.MaintenanceMode: "pulumi-python:dynamic/victorops:MaintenanceMode",
        vo.IncidentNote: "pulumi-python:dynamic/victorops:IncidentNote",
    }
