"""Further e-mail addresses of a user, beside the one that comes with the user."""

from __future__ import annotations

from typing import Annotated

from pydantic import field_validator

from pulumi_victorops.api.contacts import Contact, ContactMethods
from pulumi_victorops.handlers.contact import DEFAULT_LABEL, AddressHandler, AddressInputs
from pulumi_victorops.handlers.forms import Email
from pulumi_victorops.lifecycle.inputs import REPLACES, Input
from pulumi_victorops.lifecycle.org import Org


class ContactEmailInputs(AddressInputs):
    """What the program says of an e-mail address."""

    email: Annotated[Input[Email], REPLACES]

    @field_validator("label")
    @classmethod
    def _is_not_the_first_ones(cls, label: str) -> str:
        if label == DEFAULT_LABEL:
            raise ValueError(
                f"{label!r} is the label of the address that comes with the user, which `User.email` sets: "
                "choose another"
            )
        return label


class ContactEmailHandler(AddressHandler[ContactEmailInputs]):
    """The id is `username/email/extId`."""

    model = ContactEmailInputs
    kind = "email"

    def add(self, org: Org, inputs: ContactEmailInputs) -> Contact:
        """The call that makes one."""
        return org.client.contacts.add_email(inputs.username, label=inputs.label, email=inputs.email, rank=inputs.rank)

    def remove(self, org: Org, username: str, ext_id: str) -> None:
        """The call that takes one away."""
        org.client.contacts.delete_email(username, ext_id)

    def among(self, methods: ContactMethods) -> list[Contact]:
        """Those of this kind."""
        return methods.emails
