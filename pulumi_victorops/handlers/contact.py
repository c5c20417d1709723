"""What the handlers of contact methods have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar, Final, TypeVar

from pydantic import AfterValidator

from pulumi_victorops.api.contacts import Contact, ContactMethods
from pulumi_victorops.api.errors import InvalidArgumentError, InvalidRequestError, NotFoundError
from pulumi_victorops.handlers.forms import Name, UserReference
from pulumi_victorops.handlers.ids import split_id
from pulumi_victorops.handlers.removal import removing
from pulumi_victorops.lifecycle.handler import Handler, Live
from pulumi_victorops.lifecycle.inputs import REPLACES, SERVICE_DECIDES, Input, Inputs
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.validation import shown

DEFAULT_LABEL: Final = "Default"
"""The label of the e-mail address that comes with every user."""


def _check_rank(rank: int) -> int:
    if rank < 0:
        raise ValueError(f"{rank} is not a rank: expected 0 or more")
    return rank


class AddressInputs(Inputs):
    """What the program says of any address. The API can't change one, so every change makes a new one."""

    username: Annotated[Input[UserReference], REPLACES]
    label: Annotated[Input[Name], REPLACES]
    rank: Annotated[Input[Annotated[int, AfterValidator(_check_rank)] | None], REPLACES, SERVICE_DECIDES] = None


AddressT = TypeVar("AddressT", bound=AddressInputs)


class AddressHandler(Handler[AddressT]):
    """An e-mail address or a telephone number. The id is `username/kind/extId`; `kind` is also the input's name."""

    kind: ClassVar[str]

    @abstractmethod
    def add(self, org: Org, inputs: AddressT) -> Contact:
        """The call that makes one."""

    @abstractmethod
    def remove(self, org: Org, username: str, ext_id: str) -> None:
        """The call that takes one away."""

    @abstractmethod
    def among(self, methods: ContactMethods) -> list[Contact]:
        """Those of this kind."""

    def create(self, org: Org, inputs: AddressT) -> Live:
        """One call."""
        made = self.add(org, inputs)
        org.directory.contacts_changed(inputs.username)
        return self._live(inputs.username, made)

    def candidates(self, org: Org, inputs: AddressT) -> Iterable[str]:
        """The user's addresses of this kind with the same value."""
        wanted = _comparable(getattr(inputs, self.kind))
        return [
            f"{inputs.username}/{self.kind}/{one.ext_id}"
            for one in self.among(contact_methods(org, inputs.username))
            if _comparable(one.value) == wanted
        ]

    def read(self, org: Org, object_id: str, known: Mapping[str, Any]) -> Live | None:
        """One call for all contact methods of a user."""
        username, ext_id = split_contact_id(object_id, self.kind)
        found = (one for one in self.among(contact_methods(org, username)) if one.ext_id == ext_id)
        contact = next(found, None)
        return self._live(username, contact) if contact else None

    def delete(self, org: Org, object_id: str, known: Mapping[str, Any]) -> None:
        """One call. The service takes it out of the user's paging policy too."""
        username, ext_id = split_contact_id(object_id, self.kind)
        try:
            with removing(org):
                self.remove(org, username, ext_id)
        except InvalidRequestError as error:
            if self.kind == "email" and known.get("label") == DEFAULT_LABEL:
                error.add_hint("it comes with the user and goes with the user")
            raise
        org.directory.contacts_changed(username)

    def _live(self, username: str, contact: Contact) -> Live:
        return Live(
            id=f"{username}/{self.kind}/{contact.ext_id}",
            inputs={"username": username, self.kind: contact.value, "label": contact.label, "rank": contact.rank},
            outputs={"contact_id": contact.id, "ext_id": contact.ext_id},
        )


def _comparable(value: str | None) -> str:
    """Telephone numbers by their digits, since the service sets them in its own way."""
    text = (value or "").casefold()
    return text if "@" in text else "".join(filter(str.isdigit, text))


def split_contact_id(object_id: str, kind: str) -> tuple[str, str]:
    """The username and the `extId` in an id of the form `username/kind/extId`.

    Raises:
        InvalidArgumentError: the id hasn't that form.
    """
    form = f"username/{kind}/extId"
    username, given, ext_id = split_id(object_id, form)
    if given != kind:
        raise InvalidArgumentError(f"{shown(object_id)} is not an id of the form {form}")
    return username.lower(), ext_id


def contact_methods(org: Org, username: str) -> ContactMethods:
    """All contact methods of a user; none where the user is gone."""
    try:
        return org.directory.contacts(username)
    except NotFoundError:
        return ContactMethods()
