"""Telephone numbers of a user."""

from __future__ import annotations

import re
from typing import Annotated

import phonenumbers
from pydantic import AfterValidator

from pulumi_victorops.api.contacts import Contact, ContactMethods
from pulumi_victorops.handlers.contact import AddressHandler, AddressInputs
from pulumi_victorops.lifecycle.inputs import DIGITS_ONLY, REPLACES, Input
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.validation import shown

_FORM = re.compile(r"\+[0-9][0-9 ().-]*")


def _check_phone(text: str) -> str:
    expected = "expected an international number such as '+44 20 7946 0958'"
    if not _FORM.fullmatch(text):
        raise ValueError(f"{shown(text)} is not a telephone number: {expected}")
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        raise ValueError(f"{shown(text)} is not a telephone number: {expected}") from None
    # A number that can be dialled only within its town isn't possible enough.
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise ValueError(f"{shown(text)} has too few or too many digits for its country: {expected}")
    dialled = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    # The service would write it without them, and the two would never be the same.
    if re.sub(r"[^0-9]", "", text) != dialled[1:]:
        raise ValueError(f"{shown(text)} has digits that aren't dialled from abroad: write {dialled!r}")
    return text


class ContactPhoneInputs(AddressInputs):
    """What the program says of a telephone number."""

    phone: Annotated[Input[Annotated[str, AfterValidator(_check_phone)]], REPLACES, DIGITS_ONLY]


class ContactPhoneHandler(AddressHandler[ContactPhoneInputs]):
    """The id is `username/phone/extId`."""

    model = ContactPhoneInputs
    kind = "phone"

    def add(self, org: Org, inputs: ContactPhoneInputs) -> Contact:
        """The call that makes one. It can't be used for paging until its owner has confirmed it."""
        return org.client.contacts.add_phone(inputs.username, label=inputs.label, phone=inputs.phone, rank=inputs.rank)

    def remove(self, org: Org, username: str, ext_id: str) -> None:
        """The call that takes one away."""
        org.client.contacts.delete_phone(username, ext_id)

    def among(self, methods: ContactMethods) -> list[Contact]:
        """Those of this kind."""
        return methods.phones
