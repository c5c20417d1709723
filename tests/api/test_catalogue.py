"""The catalogue holds exactly the operations that the service has, each with its limits."""

from __future__ import annotations

import pytest

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.operations import OPERATIONS, Operation, RateClass, Repeat

EVERY_OPERATION = """
POST /api-public/v1/user
GET /api-public/v1/user
GET /api-public/v2/user
POST /api-public/v1/user/batch
GET /api-public/v1/user/{user}
PUT /api-public/v1/user/{user}
DELETE /api-public/v1/user/{user}
GET /api-public/v1/user/{user}/teams
GET /api-public/v1/policies/types/notifications
GET /api-public/v1/policies/types/contacts
GET /api-public/v1/policies/types/timeouts
GET /api-public/v1/profile/{username}/policies
POST /api-public/v1/profile/{username}/policies
GET /api-public/v1/profile/{username}/policies/{step}
PUT /api-public/v1/profile/{username}/policies/{step}
POST /api-public/v1/profile/{username}/policies/{step}
GET /api-public/v1/profile/{username}/policies/{step}/{rule}
PUT /api-public/v1/profile/{username}/policies/{step}/{rule}
DELETE /api-public/v1/profile/{username}/policies/{step}/{rule}
GET /api-public/v2/profile/{username}/policies
GET /api-public/v1/user/{user}/contact-methods
GET /api-public/v1/user/{user}/contact-methods/devices
GET /api-public/v1/user/{user}/contact-methods/devices/{contactId}
PUT /api-public/v1/user/{user}/contact-methods/devices/{contactId}
DELETE /api-public/v1/user/{user}/contact-methods/devices/{contactId}
GET /api-public/v1/user/{user}/contact-methods/emails
POST /api-public/v1/user/{user}/contact-methods/emails
GET /api-public/v1/user/{user}/contact-methods/emails/{contactId}
DELETE /api-public/v1/user/{user}/contact-methods/emails/{contactId}
GET /api-public/v1/user/{user}/contact-methods/phones
POST /api-public/v1/user/{user}/contact-methods/phones
GET /api-public/v1/user/{user}/contact-methods/phones/{contactId}
DELETE /api-public/v1/user/{user}/contact-methods/phones/{contactId}
GET /api-public/v1/user/{user}/policies
GET /api-public/v1/user/{user}/oncall/schedule
GET /api-public/v2/user/{user}/oncall/schedule
GET /api-public/v1/team/{team}/oncall/schedule
GET /api-public/v2/team/{team}/oncall/schedule
GET /api-public/v1/oncall/current
PATCH /api-public/v1/team/{team}/oncall/user
PATCH /api-public/v1/policies/{policy}/oncall/user
GET /api-public/v1/incidents/{incidentNumber}
GET /api-public/v1/incidents
POST /api-public/v1/incidents
PATCH /api-public/v1/incidents/ack
POST /api-public/v1/incidents/reroute
PATCH /api-public/v1/incidents/resolve
PATCH /api-public/v1/incidents/byUser/ack
PATCH /api-public/v1/incidents/byUser/resolve
GET /api-public/v1/incidents/{incidentNumber}/notes
POST /api-public/v1/incidents/{incidentNumber}/notes
PUT /api-public/v1/incidents/{incidentNumber}/notes/{noteName}
DELETE /api-public/v1/incidents/{incidentNumber}/notes/{noteName}
GET /api-public/v1/alerts/{uuid}
GET /api-public/v1/org/routing-keys
POST /api-public/v1/org/routing-keys
GET /api-public/v1/overrides
POST /api-public/v1/overrides
GET /api-public/v1/overrides/{publicId}
DELETE /api-public/v1/overrides/{publicId}
GET /api-public/v1/overrides/{publicId}/assignments
GET /api-public/v1/overrides/{publicId}/assignments/{policySlug}
PUT /api-public/v1/overrides/{publicId}/assignments/{policySlug}
DELETE /api-public/v1/overrides/{publicId}/assignments/{policySlug}
GET /api-public/v1/teams/{team}/rotations
POST /api-public/v1/teams/{team}/rotations
DELETE /api-public/v1/teams/{team}/rotations/{groupId}
GET /api-public/v1/teams/{team}/rotations/{groupId}/{shiftId}/scheduled
PUT /api-public/v1/teams/{team}/rotations/{groupId}/{shiftId}/scheduled
GET /api-public/v2/team/{team}/rotations
GET /api-public/v1/webhooks
GET /api-public/v1/policies
POST /api-public/v1/policies
GET /api-public/v1/policies/{policy}
DELETE /api-public/v1/policies/{policy}
POST /api-public/v1/team
GET /api-public/v1/team
GET /api-public/v1/team/{team}
PUT /api-public/v1/team/{team}
DELETE /api-public/v1/team/{team}
GET /api-public/v1/team/{team}/policies
GET /api-public/v1/team/{team}/admins
GET /api-public/v1/team/{team}/members
POST /api-public/v1/team/{team}/members
DELETE /api-public/v1/team/{team}/members/{user}
GET /api-public/v1/maintenancemode
POST /api-public/v1/maintenancemode/start
PUT /api-public/v1/maintenancemode/{maintenancemodeid}/end
POST /api-public/v1/chat
POST /api-public/v1/stakeholders/sendMessage
GET /api-public/v1/alertRules
POST /api-public/v1/alertRules
PUT /api-public/v1/alertRules/{ruleId}
DELETE /api-public/v1/alertRules/{ruleId}
GET /api-reporting/v1/team/{team}/oncall/log
GET /api-reporting/v2/incidents
"""


def test_the_catalogue_holds_the_96_operations_of_the_service() -> None:
    documented = EVERY_OPERATION.strip().splitlines()

    assert len(documented) == 96
    assert sorted(str(operation) for operation in OPERATIONS.values()) == sorted(documented)


def test_every_operation_is_found_by_its_own_name_and_stands_in_a_constant_of_that_name() -> None:
    assert {name: getattr(op, name.upper()) for name in OPERATIONS} == OPERATIONS
    assert [operation.name for operation in OPERATIONS.values()] == list(OPERATIONS)


def test_three_operations_are_allowed_less_often_than_twice_a_second() -> None:
    slower = {str(each): each.rate for each in OPERATIONS.values() if each.rate is not RateClass.STANDARD}

    assert slower == {
        "POST /api-public/v1/user/batch": RateClass.BATCH,
        "GET /api-public/v1/profile/{username}/policies": RateClass.BATCH,
        "GET /api-reporting/v2/incidents": RateClass.REPORTING,
    }
    assert [(each.name, each.value) for each in RateClass] == [
        ("STANDARD", "2/s"),
        ("BATCH", "1/s"),
        ("REPORTING", "1/m"),
    ]


def test_reads_replacements_and_deletes_may_be_repeated_but_not_the_delete_by_position() -> None:
    safe = {each.method for each in OPERATIONS.values() if each.repeat is Repeat.SAFE}
    unsafe = {str(each) for each in OPERATIONS.values() if each.repeat is Repeat.UNSAFE}

    assert safe == {"GET", "PUT", "DELETE"}
    assert {name for name in unsafe if not name.startswith(("POST", "PATCH"))} == {
        "DELETE /api-public/v1/profile/{username}/policies/{step}/{rule}"
    }


def test_no_operation_that_makes_or_triggers_something_may_be_repeated() -> None:
    unsafe = [each for each in OPERATIONS.values() if each.repeat is Repeat.UNSAFE]

    assert {each.method for each in unsafe} == {"POST", "PATCH", "DELETE"}
    assert len([each for each in unsafe if each.method == "POST"]) == 19
    assert len([each for each in unsafe if each.method == "PATCH"]) == 6


@pytest.mark.parametrize(
    ("operation", "segments"),
    [
        (op.LIST_TEAMS, ()),
        (op.GET_USER, ("user",)),
        (op.DELETE_TEAM_MEMBER, ("team", "user")),
        (op.UPDATE_ASSIGNMENT, ("publicId", "policySlug")),
        (op.GET_SCHEDULED_USER, ("team", "groupId", "shiftId")),
    ],
)
def test_an_operation_tells_the_variable_segments_of_its_path_in_order(
    operation: Operation, segments: tuple[str, ...]
) -> None:
    assert operation.segments == segments


def test_a_path_is_made_of_names_and_numbers() -> None:
    path = op.SET_SCHEDULED_USER.path_for(team="team-aB3dE5gH7jK9mN1p", groupId=42, shiftId=7)

    assert path == "/api-public/v1/teams/team-aB3dE5gH7jK9mN1p/rotations/42/7/scheduled"
