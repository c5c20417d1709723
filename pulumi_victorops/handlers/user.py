"""Users: people who can be paged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Annotated, Any

from pydantic import AfterValidator, model_validator
from typing_extensions import Self

from pulumi_victorops.api.errors import NotFoundError
from pulumi_victorops.api.users import User, UserPayload
from pulumi_victorops.handlers.forms import Email, Name, Username, UserReference
from pulumi_victorops.handlers.removal import removing
from pulumi_victorops.handlers.replacement import CHOSEN_BY_THE_SERVICE, Leaver, Strategy, audit, hand_over
from pulumi_victorops.lifecycle.handler import Handler, Live
from pulumi_victorops.lifecycle.inputs import REPLACES, WRITE_ONLY, Input, Inputs
from pulumi_victorops.lifecycle.newcomers import add_users
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.validation import Failure

_A_YEAR_OF_HOURS = 24 * 366


def _hours(hours: int) -> int:
    if not 1 <= hours <= _A_YEAR_OF_HOURS:
        raise ValueError(f"{hours} is not how long an invitation may hold: expected hours, 1 to {_A_YEAR_OF_HOURS}")
    return hours


class UserInputs(Inputs):
    """What the program says of a user."""

    username: Annotated[Input[Username], REPLACES]
    first_name: Input[Name]
    last_name: Input[Name]
    email: Input[Email]
    expiration_hours: Annotated[Input[Annotated[int, AfterValidator(_hours)] | None], WRITE_ONLY] = None
    replacement_user: Annotated[Input[UserReference | None], WRITE_ONLY] = None
    replacement_strategy: Annotated[Input[Strategy | None], WRITE_ONLY] = None

    @model_validator(mode="after")
    def _one_who_takes_over(self) -> Self:
        if self.replacement_strategy in CHOSEN_BY_THE_SERVICE and self.replacement_user is not None:
            raise ValueError(
                f"replacement_strategy {self.replacement_strategy!r} leaves the choice to the service: "
                "leave replacement_user out, or make it 'specifiedUser'"
            )
        return self


class UserHandler(Handler[UserInputs]):
    """The username is the id: nothing changes it but a new user."""

    model = UserInputs
    unique_by = ("username",)

    def create(self, org: Org, inputs: UserInputs) -> Live:
        """One call, or two for three users and more that are made at once. The service sends each an invitation."""
        made = org.together(add_users, _payload(inputs, inputs.expiration_hours))
        org.directory.user_told(made)
        return _live(made)

    def candidates(self, org: Org, inputs: UserInputs) -> Iterable[str]:
        """Whoever has the username."""
        return [inputs.username]

    def read(self, org: Org, object_id: str, known: Mapping[str, Any]) -> Live | None:
        """One call for the only one that is wanted, or one for all users of the org."""
        try:
            return _live(org.directory.user(object_id))
        except NotFoundError:
            return None

    def update(self, org: Org, object_id: str, inputs: UserInputs, changed: Set[str]) -> Live:
        """One call that replaces names and address together."""
        changed_user = org.client.users.update(object_id, _payload(inputs, None))
        org.directory.user_told(changed_user)
        return _live(changed_user)

    def check_change(self, org: Org, old: Mapping[str, Any], new: UserInputs) -> list[Failure]:
        """A strategy that wants a replacement needs one."""
        if new.replacement_strategy != "specifiedUser" or new.replacement_user is not None:
            return []
        if org.settings.default_replacement is not None:
            return []
        return [
            Failure("replacement_strategy", "'specifiedUser' needs replacement_user or victorops:defaultReplacement")
        ]

    def delete(self, org: Org, object_id: str, known: Mapping[str, Any]) -> None:
        """One call that names who takes over, and reads before and after it, most of which serve all users."""
        with removing(org):
            hand_over(org, leaver(org, object_id, known))
        org.directory.user_went(object_id.lower())

    def audit(self, org: Org, object_id: str, known: Mapping[str, Any], new: Mapping[str, Any], replaced: bool) -> str:
        """Who would take over from the user, and where; or where nobody would."""
        return audit(org, leaver(org, object_id, known if replaced else new), replaced=replaced)

    def deletes_first(self, org: Org, object_id: str, known: Mapping[str, Any], changed: Set[str]) -> bool:
        """E-mail addresses are unique, so a new user with the same one can't be made beside the old."""
        return "email" not in changed


def leaver(org: Org, object_id: str, known: Mapping[str, Any]) -> Leaver:
    """Who is removed with the object, given its properties."""

    def remove(replacement: str | None, strategy: Strategy | None) -> None:
        org.client.users.delete(object_id, replacement=replacement, strategy=strategy)

    named, strategy = known.get("replacement_user"), known.get("replacement_strategy")
    return Leaver(object_id.lower(), None, _text(named), _text(strategy), remove)


def _text(value: Any) -> Any:
    """A value, unless it isn't known yet."""
    return value if isinstance(value, str) else None


def _payload(inputs: UserInputs, expiration_hours: int | None) -> UserPayload:
    return UserPayload(
        username=inputs.username,
        first_name=inputs.first_name,
        last_name=inputs.last_name,
        email=inputs.email,
        expiration_hours=expiration_hours,
    )


def _live(user: User) -> Live:
    return Live(
        id=user.username,
        inputs={
            "username": user.username,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "email": user.email,
        },
        outputs={"created_at": user.created_at},
    )
