"""What is refused at preview of contact methods, with the exact property path and words."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops import providers
from tests.provider.plugin import UNKNOWN, Plugin

EMAIL = {"username": "ada", "email": "ada@example.com", "label": "Home"}
PHONE = {"username": "ada", "phone": "+44 20 7946 0958", "label": "Mobile"}
DEVICE = {"username": "ada", "device": "3f1d2c4b-58a6-4e0b-9c1d-7a2b5e8f9d01", "label": "Pixel"}
_PHONE = "expected an international number such as '+44 20 7946 0958'"
_USER = "is not a username: expected 1 to 128 letters, digits or . _ - + @, with no blanks"


@pytest.fixture(scope="module")
def plugin(shared: Plugin) -> Plugin:
    return shared


@pytest.mark.parametrize(
    ("provider", "inputs", "failures"),
    [
        (
            providers.ContactEmail,
            {},
            [("username", "is required"), ("label", "is required"), ("email", "is required")],
        ),
        (
            providers.ContactEmail,
            {**EMAIL, "email": "ada"},
            [("email", "'ada' is not an e-mail address: An email address must have an @-sign.")],
        ),
        (
            providers.ContactEmail,
            {**EMAIL, "label": "Default"},
            [
                (
                    "label",
                    "'Default' is the label of the address that comes with the user, which `User.email` sets: "
                    "choose another",
                )
            ],
        ),
        (providers.ContactEmail, {**EMAIL, "label": " "}, [("label", "must not be blank")]),
        (providers.ContactEmail, {**EMAIL, "rank": -1}, [("rank", "-1 is not a rank: expected 0 or more")]),
        (providers.ContactEmail, {**EMAIL, "rank": "first"}, [("rank", "expected a whole number, got 'first'")]),
        (providers.ContactEmail, {**EMAIL, "username": "a b"}, [("username", f"'a b' {_USER}")]),
        (
            providers.ContactEmail,
            {**EMAIL, "lable": UNKNOWN, "label": UNKNOWN, "email": "@"},
            [
                ("email", "'@' is not an e-mail address: There must be something before the @-sign."),
                ("lable", "there is no such property; did you mean 'label'?"),
            ],
        ),
        (
            providers.ContactPhone,
            {**PHONE, "phone": "020 7946 0958"},
            [("phone", f"'020 7946 0958' is not a telephone number: {_PHONE}")],
        ),
        (
            providers.ContactPhone,
            {**PHONE, "phone": "+1 800 FLOWERS"},
            [("phone", f"'+1 800 FLOWERS' is not a telephone number: {_PHONE}")],
        ),
        (
            providers.ContactPhone,
            {**PHONE, "phone": "+999 123 456 789"},
            [("phone", f"'+999 123 456 789' is not a telephone number: {_PHONE}")],
        ),
        (providers.ContactPhone, {**PHONE, "phone": "+"}, [("phone", f"'+' is not a telephone number: {_PHONE}")]),
        (
            providers.ContactPhone,
            {**PHONE, "phone": "+44 20 7946"},
            [("phone", f"'+44 20 7946' has too few or too many digits for its country: {_PHONE}")],
        ),
        (
            providers.ContactPhone,
            {**PHONE, "phone": "+44 (0)20 7946 0958"},
            [("phone", "'+44 (0)20 7946 0958' has digits that aren't dialled from abroad: write '+442079460958'")],
        ),
        (providers.ContactPhone, {**PHONE, "phone": 442079460958}, [("phone", "expected text, got 442079460958")]),
        (
            providers.ContactDevice,
            {"username": "ada", "device": "x"},
            [("", "sets neither a label nor a sound, so there is nothing to do: use `ContactDevice.get`")],
        ),
        (
            providers.ContactDevice,
            {**DEVICE, "device": "Pixel 9"},
            [
                (
                    "device",
                    "'Pixel 9' is not a device's id: expected its `extId`, as the list of the user's devices gives it",
                )
            ],
        ),
        (
            providers.ContactDevice,
            {**DEVICE, "chat_escalation_sound": ""},
            [("chat_escalation_sound", "must not be blank")],
        ),
    ],
)
def test_is_refused(plugin: Plugin, provider: Any, inputs: dict[str, Any], failures: list[tuple[str, str]]) -> None:
    assert plugin.check(provider, inputs).failures == failures


@pytest.mark.parametrize(
    ("provider", "inputs"),
    [
        (providers.ContactEmail, {**EMAIL, "rank": 0}),
        (providers.ContactEmail, {"username": UNKNOWN, "email": UNKNOWN, "label": UNKNOWN, "rank": UNKNOWN}),
        (providers.ContactPhone, {**PHONE, "label": "Default"}),
        (providers.ContactPhone, {**PHONE, "phone": "+1-411-555-0120"}),
        (providers.ContactPhone, {**PHONE, "phone": "+39 06 1234 5678"}),
        (providers.ContactPhone, {"username": UNKNOWN, "phone": UNKNOWN, "label": UNKNOWN}),
        (providers.ContactDevice, {"username": "ada", "device": "x", "label": UNKNOWN}),
        (providers.ContactDevice, {"username": UNKNOWN, "device": UNKNOWN, "chat_escalation_sound": "bell"}),
    ],
)
def test_is_accepted_as_it_stands(plugin: Plugin, provider: Any, inputs: dict[str, Any]) -> None:
    checked = plugin.check(provider, inputs)
    assert (checked.failures, checked.inputs) == ([], inputs)
