"""People: creating, reading, changing and deleting them."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from pulumi_victorops.api import operations as op
from pulumi_victorops.api.models import ApiModel, member, parse, parse_list
from pulumi_victorops.api.teams import TeamReference
from pulumi_victorops.api.transport import Transport


class User(ApiModel):
    """A person, as the service describes one."""

    username: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    display_name: str | None = None
    created_at: str | None = None
    password_last_updated: str | None = None
    verified: bool | None = None


class UserPayload(ApiModel):
    """What is sent to create or to replace a user."""

    first_name: str
    last_name: str
    username: str
    email: str
    expiration_hours: int | None = None


class BatchError(ApiModel):
    """Why one user of a batch was not created."""

    code: str = ""
    message: str = ""


class BatchResult(ApiModel):
    """What became of one user of a batch: created where there are no errors."""

    username: str
    errors: list[BatchError] = Field(default_factory=list)


class Users:
    """The calls about people."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, payload: UserPayload) -> User:
        """`POST /api-public/v1/user`: the service also sends an invitation."""
        data = self._transport.call(op.ADD_USER, body=payload.to_json())
        return parse(User, data, op.ADD_USER)

    def create_many(self, payloads: list[UserPayload]) -> list[BatchResult]:
        """`POST /api-public/v1/user/batch`: some may be created and others not."""
        data = self._transport.call(op.ADD_USERS, body={"users": [payload.to_json() for payload in payloads]})
        rows = member(data, "users", op.ADD_USERS) if isinstance(data, dict) else data
        return parse_list(BatchResult, rows, op.ADD_USERS)

    def get(self, username: str) -> User:
        """`GET /api-public/v1/user/{user}`."""
        return parse(User, self._transport.call(op.GET_USER, user=username), op.GET_USER)

    def all(self, *, email: str | None = None) -> list[User]:
        """`GET /api-public/v2/user`: everybody, or those with one e-mail address."""
        query = None if email is None else {"email": email}
        data = self._transport.call(op.LIST_USERS, query=query)
        return parse_list(User, _flat(member(data, "users", op.LIST_USERS)), op.LIST_USERS)

    def all_v1(self) -> list[User]:
        """`GET /api-public/v1/user`: everybody, by the older call."""
        data = self._transport.call(op.LIST_USERS_V1)
        return parse_list(User, _flat(member(data, "users", op.LIST_USERS_V1)), op.LIST_USERS_V1)

    def update(self, username: str, payload: UserPayload) -> User:
        """`PUT /api-public/v1/user/{user}`: replaces all that the payload holds; can't rename."""
        data = self._transport.call(op.UPDATE_USER, body=payload.to_json(), user=username)
        return parse(User, data, op.UPDATE_USER)

    def delete(self, username: str, *, replacement: str | None = None, strategy: str | None = None) -> None:
        """`DELETE /api-public/v1/user/{user}`: `replacement` takes over rotations, policies and overrides.

        With a `strategy` of `globalAdmin`, `teamAdmin` or `findReplacement` the service chooses who does.
        """
        wishes = (("replacement", replacement), ("replacementStrategy", strategy))
        body = {name: wish for name, wish in wishes if wish is not None}
        self._transport.call(op.DELETE_USER, body=body, user=username)

    def teams(self, username: str) -> list[TeamReference]:
        """`GET /api-public/v1/user/{user}/teams`."""
        data = self._transport.call(op.LIST_USER_TEAMS, user=username)
        return parse_list(TeamReference, member(data, "teams", op.LIST_USER_TEAMS), op.LIST_USER_TEAMS)


def _flat(rows: Any) -> Any:
    """The older call answers with an array in an array."""
    if isinstance(rows, list) and rows and all(isinstance(row, list) for row in rows):
        return [user for row in rows for user in row]
    return rows
