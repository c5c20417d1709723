"""Users who are made at the same time, by one call where that saves some."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pulumi_victorops.api import Client
from pulumi_victorops.api import operations as op
from pulumi_victorops.api.errors import InvalidRequestError, NotFoundError, UnexpectedResponseError, VictorOpsError
from pulumi_victorops.api.users import BatchResult, User, UserPayload

# A batch doesn't tell when its users were made: it takes a list beside, and pays from three users on.
_WORTH_A_BATCH: Final = 3


def add_users(client: Client, payloads: list[UserPayload]) -> Sequence[User | Exception]:
    """Make users, and say of each what became of them.

    Raises:
        VictorOpsError: the call failed for all of them; whether they were made isn't known where it had no answer.
    """
    if len(payloads) < _WORTH_A_BATCH:
        return _one_by_one(client, payloads)
    try:
        rows = client.users.create_many(payloads)
    except (InvalidRequestError, NotFoundError):
        # One that isn't acceptable fails all, and older services have no such call: let each get its own answer.
        return _one_by_one(client, payloads)
    outcomes = {row.username.lower(): row for row in rows}
    made = _listed(client)
    return [_outcome(payload, outcomes.get(payload.username.lower()), made) for payload in payloads]


def _one_by_one(client: Client, payloads: list[UserPayload]) -> list[User | Exception]:
    return [_attempt(client, payload) for payload in payloads]


def _attempt(client: Client, payload: UserPayload) -> User | Exception:
    try:
        return client.users.create(payload)
    except VictorOpsError as error:
        return error


def _listed(client: Client) -> dict[str, User]:
    """The org's users; none where they can't be read, since they have been made all the same."""
    try:
        return {user.username.lower(): user for user in client.users.all()}
    except VictorOpsError:
        return {}


def _outcome(payload: UserPayload, row: BatchResult | None, made: dict[str, User]) -> User | Exception:
    if row is None:
        return UnexpectedResponseError(
            f"{op.ADD_USERS}: unexpected answer: nothing about {payload.username} in it",
            operation=op.ADD_USERS,
            status=200,
        )
    if row.errors:
        words = "; ".join(error.message or error.code or "refused" for error in row.errors)
        return InvalidRequestError(f"{op.ADD_USERS}: {words}", operation=op.ADD_USERS, service_message=words)
    as_sent = User(
        username=payload.username, first_name=payload.first_name, last_name=payload.last_name, email=payload.email
    )
    return made.get(payload.username.lower(), as_sent)
