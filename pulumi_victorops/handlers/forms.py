"""The forms that names, slugs and addresses have, as types for the inputs of several resources."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator

from pulumi_victorops.lifecycle.inputs import (
    CASELESS,
    NAMES_OVERRIDE,
    NAMES_POLICY,
    NAMES_ROTATION,
    NAMES_TEAM,
    NAMES_USER,
    WRITE_ONLY,
    Input,
)
from pulumi_victorops.lifecycle.validation import shown

_USERNAME_MOST = 128
_NAME_MOST = 255
_ROUTING_KEY_MOST = 255
_TEXT_MOST = 65_536
_EMAIL_MOST = 320
_ODD_IN_USERNAMES = "._-+@"
# Controls, what turns the direction of writing or can't be seen, halves of characters, and ends of lines.
_NOT_IN_NAMES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# They are invisible too, but join and part letters and emoji.
_JOINERS = "\u200c\u200d"
# What a terminal or a browser would obey instead of showing it; tabs and ends of lines are text.
_NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def check_name(text: str) -> str:
    """Text for people: one line, not blank, without characters that can't be seen."""
    if not text.strip():
        raise ValueError("must not be blank")
    if text != text.strip():
        raise ValueError(f"{shown(text)} begins or ends with a blank")
    if len(text) > _NAME_MOST:
        raise ValueError(f"has {len(text)} characters; at most {_NAME_MOST} are allowed")
    if any(unicodedata.category(one) in _NOT_IN_NAMES and one not in _JOINERS for one in text):
        raise ValueError(f"{shown(text)} has a control character or an invisible one in it")
    return text


def check_text(text: str) -> str:
    """Text of any number of lines, in any script and direction, without control characters."""
    if len(text) > _TEXT_MOST:
        raise ValueError(f"has {len(text)} characters; at most {_TEXT_MOST} are allowed")
    odd = _NOT_IN_TEXT.search(text)
    if odd:
        raise ValueError(f"has the control character {odd[0]!a} in it, at position {odd.start()}")
    return text


def check_username(text: str) -> str:
    """A username that the service would accept as it stands."""
    _check_username_form(text)
    if text != text.lower():
        raise ValueError(
            f"{shown(text)} has capital letters, and the service keeps usernames in lower case: "
            f"write {shown(text.lower())}"
        )
    return text


def check_user_reference(text: str) -> str:
    """A mention of a user, in any case; turned into the lower case that the service keeps."""
    _check_username_form(text)
    _check_username_form(text.lower())  # which may consist of other characters than letters
    return text.lower()


def check_email(text: str) -> str:
    """An e-mail address. Whether anybody reads it isn't looked up."""
    if len(text) > _EMAIL_MOST:
        raise ValueError(f"has {len(text)} characters; an e-mail address has at most {_EMAIL_MOST}")
    try:
        # `test_environment` accepts names that are reserved for tests and examples.
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise ValueError(f"{shown(text)} is not an e-mail address: {error}") from None
    return text


def check_routing_key(text: str) -> str:
    """A routing key's name."""
    odd = re.search(r"[\s\x00-\x1f\x7f-\x9f/?#%\\]", text)
    if not text or len(text) > _ROUTING_KEY_MOST or odd or not text.isprintable():
        raise ValueError(
            f"{shown(text)} is not a routing key: "
            f"expected 1 to {_ROUTING_KEY_MOST} characters with no blanks, / \\ ? # or %"
        )
    return text


def _check_username_form(text: str) -> None:
    odd = text in {"", ".", ".."} or len(text) > _USERNAME_MOST
    if odd or not all(one.isalnum() or one in _ODD_IN_USERNAMES for one in text):
        raise ValueError(
            f"{shown(text)} is not a username: "
            f"expected 1 to {_USERNAME_MOST} letters, digits or . _ - + @, with no blanks"
        )


def _slug(what: str, prefixes: str, source: str) -> Callable[[str], str]:
    form = re.compile(rf"({prefixes})-[A-Za-z0-9]+")
    expected = " or ".join(f"'{prefix}-...'" for prefix in prefixes.split("|"))

    def check(text: str) -> str:
        if not form.fullmatch(text):
            raise ValueError(f"{shown(text)} is not {what}: expected {expected}, {source}")
        return text

    return check


Name = Annotated[str, AfterValidator(check_name)]
Text = Annotated[str, AfterValidator(check_text)]
NameSuffix = Annotated[Input[str | None], WRITE_ONLY]
Username = Annotated[str, AfterValidator(check_username), CASELESS]
UserReference = Annotated[str, AfterValidator(check_user_reference), CASELESS, NAMES_USER]
Email = Annotated[str, AfterValidator(check_email), CASELESS]
TeamSlug = Annotated[str, AfterValidator(_slug("a team's slug", "team", "as `team.slug` gives it")), NAMES_TEAM]
PolicySlug = Annotated[
    str, AfterValidator(_slug("an escalation policy's slug", "pol|team", "as `policy.slug` gives it")), NAMES_POLICY
]
RotationSlug = Annotated[
    str, AfterValidator(_slug("a rotation's slug", "rtg", "as `rotation.slug` gives it")), NAMES_ROTATION
]
WebhookSlug = Annotated[str, AfterValidator(_slug("a webhook's slug", "wh", "as the list of webhooks gives it"))]
OverrideId = Annotated[
    str, AfterValidator(_slug("an override's id", "ovrprd", "as `override.id` gives it")), NAMES_OVERRIDE
]
