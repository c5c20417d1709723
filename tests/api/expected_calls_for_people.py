"""The calls about people and teams, how people are told, and what pages them."""

from __future__ import annotations

from pulumi_victorops.api.paging import ContactReference, PagingRulePayload
from pulumi_victorops.api.policies import PolicyEntry, PolicyPayload, PolicyStep
from pulumi_victorops.api.routing_keys import RoutingKeyPayload
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from tests.api.expected_calls import ExpectedCall
from tests.api.samples import (
    DEVICE_JSON,
    EMAIL_JSON,
    EMAIL_RULE_JSON,
    MEMBERS_JSON,
    PHONE_JSON,
    POLICY_JSON,
    POLICY_REFERENCE_JSON,
    STEP_JSON,
    TEAM_JSON,
    TEAM_REFERENCE_JSON,
    USER_JSON,
)

V1 = "/api-public/v1"
CONTACTS = f"{V1}/user/ada/contact-methods"
PROFILE = f"{V1}/profile/ada/policies"
ADA = UserPayload(first_name="Ada", last_name="Lovelace", username="ada", email="ada@example.com")
SENT_ADA = {"firstName": "Ada", "lastName": "Lovelace", "username": "ada", "email": "ada@example.com"}
SMS = PagingRulePayload(type="sms", contact=ContactReference(id=512, type="phone"))
SENT_SMS = {"type": "sms", "contact": {"id": 512, "type": "phone"}}
POLICY = PolicyPayload(
    name="Page",
    team_slug="t1",
    steps=[PolicyStep(timeout=0, entries=[PolicyEntry(execution_type="user", user={"username": "ada"})])],
)
SENT_POLICY = {
    "name": "Page",
    "teamSlug": "t1",
    "ignoreCustomPagingPolicies": False,
    "steps": [{"timeout": 0, "entries": [{"executionType": "user", "user": {"username": "ada"}}]}],
}

USERS = [
    ExpectedCall("add_user", lambda c: c.users.create(ADA), f"POST {V1}/user", USER_JSON, SENT_ADA),
    ExpectedCall("list_users_v1", lambda c: c.users.all_v1(), f"GET {V1}/user", {"users": [[USER_JSON]]}),
    ExpectedCall("list_users", lambda c: c.users.all(), "GET /api-public/v2/user", {"users": [USER_JSON]}),
    ExpectedCall(
        "add_users",
        lambda c: c.users.create_many([ADA]),
        f"POST {V1}/user/batch",
        [{"username": "ada", "errors": [{"code": "DUPLICATE", "message": "taken"}]}],
        {"users": [SENT_ADA]},
    ),
    ExpectedCall("get_user", lambda c: c.users.get("ada"), f"GET {V1}/user/ada", USER_JSON),
    ExpectedCall("update_user", lambda c: c.users.update("ada", ADA), f"PUT {V1}/user/ada", USER_JSON, SENT_ADA),
    ExpectedCall(
        "delete_user",
        lambda c: c.users.delete("ada", replacement="grace"),
        f"DELETE {V1}/user/ada",
        {"result": "ada deleted"},
        {"replacement": "grace"},
    ),
    ExpectedCall(
        "list_user_teams",
        lambda c: c.users.teams("ada"),
        f"GET {V1}/user/ada/teams",
        {"teams": [TEAM_REFERENCE_JSON]},
    ),
]

TEAMS = [
    ExpectedCall(
        "add_team",
        lambda c: c.teams.create(TeamPayload(name="Platform", description="Keeps it up")),
        f"POST {V1}/team",
        TEAM_JSON,
        {"name": "Platform", "description": "Keeps it up"},
    ),
    ExpectedCall("list_teams", lambda c: c.teams.all(), f"GET {V1}/team", [TEAM_JSON]),
    ExpectedCall("get_team", lambda c: c.teams.get("t1"), f"GET {V1}/team/t1", TEAM_JSON),
    ExpectedCall(
        "update_team",
        lambda c: c.teams.update("t1", TeamPayload(name="Base")),
        f"PUT {V1}/team/t1",
        TEAM_JSON,
        {"name": "Base"},
    ),
    ExpectedCall("delete_team", lambda c: c.teams.delete("t1"), f"DELETE {V1}/team/t1", TEAM_JSON),
    ExpectedCall(
        "list_team_policies",
        lambda c: c.teams.policies("t1"),
        f"GET {V1}/team/t1/policies",
        {"policies": [POLICY_REFERENCE_JSON]},
    ),
    ExpectedCall(
        "list_team_admins",
        lambda c: c.teams.admins("t1"),
        f"GET {V1}/team/t1/admins",
        {"teamAdmins": [{"username": "ada", "firstName": "Ada", "lastName": "Lovelace", "_selfUrl": "x"}]},
    ),
    ExpectedCall("list_team_members", lambda c: c.teams.members("t1"), f"GET {V1}/team/t1/members", MEMBERS_JSON),
    ExpectedCall(
        "add_team_member",
        lambda c: c.teams.add_member("t1", "ada"),
        f"POST {V1}/team/t1/members",
        MEMBERS_JSON,
        {"username": "ada"},
    ),
    ExpectedCall(
        "delete_team_member",
        lambda c: c.teams.remove_member("t1", "ada", replacement="grace"),
        f"DELETE {V1}/team/t1/members/ada",
        MEMBERS_JSON,
        {"replacement": "grace"},
    ),
]

CONTACT_METHODS = [
    ExpectedCall(
        "list_contacts",
        lambda c: c.contacts.all("ada"),
        f"GET {CONTACTS}",
        {
            "emails": {"_selfUrl": "x", "contactMethods": [EMAIL_JSON]},
            "phones": {"_selfUrl": "x", "contactMethods": [PHONE_JSON]},
            "devices": {"_selfUrl": "x", "contactMethods": [DEVICE_JSON]},
        },
    ),
    ExpectedCall(
        "list_devices",
        lambda c: c.contacts.devices("ada"),
        f"GET {CONTACTS}/devices",
        {"_selfUrl": "x", "contactMethods": [DEVICE_JSON]},
    ),
    ExpectedCall(
        "list_emails",
        lambda c: c.contacts.emails("ada"),
        f"GET {CONTACTS}/emails",
        {"_selfUrl": "x", "contactMethods": [EMAIL_JSON]},
    ),
    ExpectedCall(
        "list_phones",
        lambda c: c.contacts.phones("ada"),
        f"GET {CONTACTS}/phones",
        {"_selfUrl": "x", "contactMethods": [PHONE_JSON]},
    ),
    ExpectedCall(
        "get_device", lambda c: c.contacts.get_device("ada", "d-1"), f"GET {CONTACTS}/devices/d-1", DEVICE_JSON
    ),
    ExpectedCall("get_email", lambda c: c.contacts.get_email("ada", "e-1"), f"GET {CONTACTS}/emails/e-1", EMAIL_JSON),
    ExpectedCall("get_phone", lambda c: c.contacts.get_phone("ada", "p-1"), f"GET {CONTACTS}/phones/p-1", PHONE_JSON),
    ExpectedCall(
        "update_device",
        lambda c: c.contacts.update_device(
            "ada", "d-1", label="Phone", escalation_sound="horn", chat_sound="bell", resolved_sound="gong"
        ),
        f"PUT {CONTACTS}/devices/d-1",
        DEVICE_JSON,
        {
            "device_label": "Phone",
            "escalation_notification_sound": "horn",
            "chat_escalation_sound": "bell",
            "resolved_notification_sound": "gong",
        },
    ),
    ExpectedCall(
        "delete_device", lambda c: c.contacts.delete_device("ada", "d-1"), f"DELETE {CONTACTS}/devices/d-1", DEVICE_JSON
    ),
    ExpectedCall(
        "add_email",
        lambda c: c.contacts.add_email("ada", label="Work", email="ada@example.com", rank=7),
        f"POST {CONTACTS}/emails",
        EMAIL_JSON,
        {"label": "Work", "email": "ada@example.com", "rank": 7},
    ),
    ExpectedCall(
        "delete_email", lambda c: c.contacts.delete_email("ada", "e-1"), f"DELETE {CONTACTS}/emails/e-1", EMAIL_JSON
    ),
    ExpectedCall(
        "add_phone",
        lambda c: c.contacts.add_phone("ada", label="Home", phone="+14115550120", rank=7),
        f"POST {CONTACTS}/phones",
        PHONE_JSON,
        {"label": "Home", "phone": "+14115550120", "rank": 7},
    ),
    ExpectedCall(
        "delete_phone", lambda c: c.contacts.delete_phone("ada", "p-1"), f"DELETE {CONTACTS}/phones/p-1", PHONE_JSON
    ),
]

PAGING = [
    ExpectedCall(
        "list_user_policies",
        lambda c: c.paging.flat_policy("ada"),
        f"GET {V1}/user/ada/policies",
        {
            "username": "ada",
            "userId": 77,
            "policies": [{"order": 0, "timeout": 5, "contactType": "sms", "extId": "p-1"}],
        },
    ),
    ExpectedCall("get_paging_policy", lambda c: c.paging.steps("ada"), f"GET {PROFILE}", {"steps": [STEP_JSON]}),
    ExpectedCall(
        "add_paging_step",
        lambda c: c.paging.add_step("ada", timeout=5, rules=[SMS]),
        f"POST {PROFILE}",
        {"step": STEP_JSON},
        {"timeout": 5, "rules": [SENT_SMS]},
    ),
    ExpectedCall("get_paging_step", lambda c: c.paging.get_step("ada", 0), f"GET {PROFILE}/0", {"step": STEP_JSON}),
    ExpectedCall(
        "update_paging_step",
        lambda c: c.paging.update_step("ada", 0, timeout=10, rules=[SMS]),
        f"PUT {PROFILE}/0",
        {"step": STEP_JSON},
        {"timeout": 10, "rules": [SENT_SMS]},
    ),
    ExpectedCall(
        "add_paging_rule",
        lambda c: c.paging.add_rule("ada", 0, SMS),
        f"POST {PROFILE}/0",
        {"stepRule": EMAIL_RULE_JSON},
        SENT_SMS,
    ),
    ExpectedCall(
        "get_paging_rule",
        lambda c: c.paging.get_rule("ada", 0, 1),
        f"GET {PROFILE}/0/1",
        {"stepRule": EMAIL_RULE_JSON},
    ),
    ExpectedCall(
        "update_paging_rule",
        lambda c: c.paging.update_rule("ada", 0, 1, SMS),
        f"PUT {PROFILE}/0/1",
        {"stepRule": EMAIL_RULE_JSON},
        SENT_SMS,
    ),
    ExpectedCall(
        "delete_paging_rule",
        lambda c: c.paging.delete_rule("ada", 0, 1),
        f"DELETE {PROFILE}/0/1",
        {"stepRule": EMAIL_RULE_JSON},
    ),
    ExpectedCall(
        "list_paging_policies",
        lambda c: c.paging.policies("ada"),
        "GET /api-public/v2/profile/ada/policies",
        {"policies": [{"rank": 0, "name": "Primary Paging Policy", "slug": "primary-paging-policy", "steps": []}]},
    ),
]

CATALOGUES = [
    ExpectedCall(
        f"list_{kind}_types",
        make,
        f"GET {V1}/policies/types/{kind}s",
        {f"{kind}Types": [{"type": first, "description": "x"}]},
    )
    for kind, first, make in [
        ("notification", "push", lambda c: c.catalogues.notification_types()),
        ("contact", "email", lambda c: c.catalogues.contact_types()),
        ("timeout", "5", lambda c: c.catalogues.timeout_types()),
    ]
]

POLICIES_AND_KEYS = [
    ExpectedCall("add_policy", lambda c: c.policies.create(POLICY), f"POST {V1}/policies", POLICY_JSON, SENT_POLICY),
    ExpectedCall("get_policy", lambda c: c.policies.get("pol-1"), f"GET {V1}/policies/pol-1", POLICY_JSON),
    ExpectedCall(
        "list_policies",
        lambda c: c.policies.all(),
        f"GET {V1}/policies",
        {"policies": [{"policy": POLICY_REFERENCE_JSON, "team": {"name": "Platform", "slug": "t1"}}]},
    ),
    ExpectedCall(
        "delete_policy", lambda c: c.policies.delete("pol-1"), f"DELETE {V1}/policies/pol-1", {"result": "success"}
    ),
    ExpectedCall(
        "list_routing_keys",
        lambda c: c.routing_keys.all(),
        f"GET {V1}/org/routing-keys",
        {
            "routingKeys": [
                {
                    "routingKey": "database",
                    "targets": [{"policyName": "Page", "policySlug": "pol-1", "_teamUrl": "x"}],
                    "isDefault": False,
                }
            ]
        },
    ),
    ExpectedCall(
        "add_routing_key",
        lambda c: c.routing_keys.create(RoutingKeyPayload(routing_key="database", targets=["pol-1"])),
        f"POST {V1}/org/routing-keys",
        {"routingKey": "database", "targets": ["pol-1"]},
        {"routingKey": "database", "targets": ["pol-1"]},
    ),
]

FOR_PEOPLE = [*USERS, *TEAMS, *CONTACT_METHODS, *PAGING, *CATALOGUES, *POLICIES_AND_KEYS]
