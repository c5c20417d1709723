"""Users: operations E01 to E08 but for what a user's departure does to others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from pulumi_victorops.simulator.bodies import Address, Body, Text, first_error
from pulumi_victorops.simulator.clock import stamp
from pulumi_victorops.simulator.records import DEFAULT_LABEL, Contact, PagingRule, PagingStep, User
from pulumi_victorops.simulator.refusals import not_found, unprocessable
from pulumi_victorops.simulator.subjects.departures import Replacement, hand_over_everywhere
from pulumi_victorops.simulator.subjects.links import link

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call, Rule
    from pulumi_victorops.simulator.org import Org

FIRST_CONTACT_RANK = 500
_FIRST_PAGING_TIMEOUT = 5


class UserBody(Body):
    """What makes or changes a user; `admin` is read and has no effect."""

    first_name: Text
    last_name: Text
    username: Text
    email: Address
    admin: bool | None = None
    expiration_hours: float | None = None


class _BatchBody(Body):
    users: list[dict[str, Any]]


def user_json(user: User) -> dict[str, Any]:
    """Show a user as the first version of the API does."""
    return {
        "firstName": user.first_name,
        "lastName": user.last_name,
        "username": user.username,
        "email": user.email,
        "createdAt": user.created_at,
        "passwordLastUpdated": user.password_last_updated,
        "verified": user.verified,
        "_selfUrl": link("user", user.username),
    }


def find_user(org: Org, username: str) -> User:
    """Give the user that a path names, or refuse with 404."""
    user = org.users.get(username.lower())
    if user is None:
        raise not_found(f"None found for username: {username}")
    return user


def new_user(org: Org, body: UserBody, now: str) -> User:
    """Make a user with what the service adds: the default contact and the first paging step."""
    contact = Contact(
        id=org.new_number(),
        ext_id=org.new_uuid(),
        kind="email",
        label=DEFAULT_LABEL,
        value=body.email,
        rank=FIRST_CONTACT_RANK,
        verified=True,
    )
    rule = PagingRule(type="email", contact_id=contact.id)
    return User(
        id=org.new_number(),
        username=body.username.lower(),
        first_name=body.first_name,
        last_name=body.last_name,
        email=body.email,
        created_at=now,
        password_last_updated=now,
        verified=False,
        contacts=[contact],
        paging_steps=[PagingStep(timeout=_FIRST_PAGING_TIMEOUT, rules=[rule])],
    )


def _obstacle(call: Call, body: UserBody) -> dict[str, str] | None:
    """Say why a user cannot be made, if so, as the batch operation words it."""
    if body.username.lower() in call.org.users:
        return {"code": "DUPLICATE", "message": f"User name {body.username} is unavailable"}
    if call.org.user_with_email(body.email) is not None:
        return {"code": "DUPLICATE", "message": f"Email {body.email} is unavailable"}
    if call.config.max_users is not None and len(call.org.users) >= call.config.max_users:
        return {"code": "LIMIT", "message": f"The limit of {call.config.max_users} users is reached"}
    return None


def _admit(call: Call, body: UserBody) -> User:
    user = new_user(call.org, body, stamp(call.now))
    call.org.add_user(user)
    return user


def _create(call: Call) -> dict[str, Any]:
    body = call.body(UserBody)
    obstacle = _obstacle(call, body)
    if obstacle is not None:
        raise unprocessable(obstacle["message"])
    return user_json(_admit(call, body))


def _list_nested(call: Call) -> dict[str, Any]:
    # An array in an array: three independent clients of the real service decode it so.
    return {"users": [[user_json(user) for user in call.org.users.values()]], "_selfUrl": link("user")}


def _list_flat(call: Call) -> dict[str, Any]:
    email = call.query.get("email")
    if email is None:
        found = list(call.org.users.values())
    else:
        user = call.org.user_with_email(email)
        found = [user] if user is not None else []
    return {
        "users": [user_json(user) | {"displayName": user.display_name} for user in found],
        "_selfUrl": "/api-public/v2/user",
    }


def _create_many(call: Call) -> list[dict[str, Any]]:
    return [_admit_item(call, item) for item in call.body(_BatchBody).users]


def _admit_item(call: Call, item: dict[str, Any]) -> dict[str, Any]:
    try:
        body = UserBody.model_validate(item)
    except ValidationError as wrong:
        return {"username": item.get("username"), "errors": [{"code": "INVALID", "message": first_error(wrong)}]}
    obstacle = _obstacle(call, body)
    if obstacle is not None:
        return {"username": body.username, "errors": [obstacle]}
    return {"username": _admit(call, body).username, "errors": []}


def _read(call: Call) -> dict[str, Any]:
    return user_json(find_user(call.org, call.params["user"]))


def _update(call: Call) -> dict[str, Any]:
    user = find_user(call.org, call.params["user"])
    body = call.body(UserBody)
    holder = call.org.user_with_email(body.email)
    if holder is not None and holder is not user:
        raise unprocessable(f"Email {body.email} is unavailable")
    user.first_name = body.first_name
    user.last_name = body.last_name
    user.version += 1
    call.org.change_email(user, body.email)
    if user.default_contact is not None:
        user.default_contact.value = body.email
    return user_json(user)


def _delete(call: Call) -> dict[str, str]:
    user = find_user(call.org, call.params["user"])
    hand_over_everywhere(call.org, user, call.body(Replacement))
    call.org.remove_user(user)
    return {"result": f"{user.username} deleted"}


def _list_teams(call: Call) -> dict[str, Any]:
    user = find_user(call.org, call.params["user"])
    return {
        "teams": [
            {
                "name": team.name,
                "slug": team.slug,
                "_selfUrl": link("team", team.slug),
                "_membersUrl": link("team", team.slug, "members"),
                "_policiesUrl": link("team", team.slug, "policies"),
                "_adminsUrl": link("team", team.slug, "admins"),
            }
            for team in call.org.teams_of(user.username)
        ]
    }


RULES: dict[str, Rule] = {
    "POST /api-public/v1/user": _create,
    "GET /api-public/v1/user": _list_nested,
    "GET /api-public/v2/user": _list_flat,
    "POST /api-public/v1/user/batch": _create_many,
    "GET /api-public/v1/user/{user}": _read,
    "PUT /api-public/v1/user/{user}": _update,
    "DELETE /api-public/v1/user/{user}": _delete,
    "GET /api-public/v1/user/{user}/teams": _list_teams,
}
"""What answers each operation on users."""
