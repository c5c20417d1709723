"""Several orgs in one program: named profiles, each of which says of an org what the stack's own settings don't."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pulumi_victorops.api import settings as own
from pulumi_victorops.api.errors import ConfigurationError
from pulumi_victorops.api.settings import Settings

PROFILES = ("victorops:profiles", "VO_PROFILES")

_CREDENTIALS = (own.API_ID, own.API_KEY)
_MEMBERS = {
    key.partition(":")[2]: (key, variable)
    for key, variable in (
        *_CREDENTIALS,
        own.BASE_URL,
        own.RATE_LIMIT,
        own.RATE_LIMIT_STORE,
        own.NAME_SUFFIX,
        own.DEFAULT_REPLACEMENT,
        own.ADOPT,
        own.AUDIT,
        own.EXTENDED_API,
    )
}
_WHERE = f"{PROFILES[0]} (or {PROFILES[1]})"
_EXPECTED = '{"eu": {"apiId": ..., "apiKey": ...}}'


def settings_for(config: Callable[[str], object], environ: Mapping[str, str], profile: str | None) -> Settings:
    """The settings of a profile, or the stack's own.

    What a profile doesn't say is as in the stack's own settings. Only the credentials have to be its own.

    Args:
        config: looks up a configuration key such as `victorops:profiles`; None where it isn't set.
        environ: the environment variables.
        profile: the profile's name; None for the stack's own settings.

    Raises:
        ConfigurationError: something is missing or unusable. What the profiles hold is secret and isn't repeated, but
            for the names of profiles and the values of settings that are none.
    """
    if profile is None:
        return Settings.load(config, environ)
    given = _profile(config(PROFILES[0]), environ.get(PROFILES[1], ""), profile)
    by_key = {_MEMBERS[member][0]: value for member, value in given.items()}
    hidden = {name for names in _CREDENTIALS for name in names}
    rest = {name: value for name, value in environ.items() if name not in hidden}

    def look_up(key: str) -> object:
        return by_key[key] if key in by_key else None if key in hidden else config(key)

    try:
        return Settings.load(look_up, rest, profile=profile)
    except ConfigurationError as error:
        message = str(error)
    for member in given:
        # The setting is named as the stack's own, which isn't where to look.
        key, variable = _MEMBERS[member]
        message = message.replace(f"{key} (or {variable})", _place(profile, member))
    raise ConfigurationError(message)


def profile_names(config: Callable[[str], object], environ: Mapping[str, str]) -> list[str]:
    """The names of all profiles that there are.

    Raises:
        ConfigurationError: the profiles can't be read.
    """
    text = _text(config(PROFILES[0]), environ.get(PROFILES[1], ""))
    return list(_parsed(text)) if text else []


def _text(configured: object, environment: str) -> str:
    return (str(configured) if configured is not None else environment).strip()


def _profile(configured: object, environment: str, name: str) -> dict[str, str]:
    """What one profile says, as text by member. All of them are looked at, so that no mistake waits for its turn."""
    text = _text(configured, environment)
    if not text:
        raise ConfigurationError(
            f"there is no profile {name[:40]!r}: run `pulumi config set --secret {PROFILES[0]} '{_EXPECTED}'`, "
            f"or set {PROFILES[1]} in the environment"
        )
    profiles = {each: _members(each, members) for each, members in _parsed(text).items()}
    if name not in profiles:
        raise ConfigurationError(f"{_WHERE} has no profile {name[:40]!r}: {_nearest(name, profiles)}")
    missing = [member for member in ("apiId", "apiKey") if not profiles[name].get(member)]
    if missing:
        raise ConfigurationError(
            f"{_place(name, missing[0])} is missing: a profile has an apiId and an apiKey of its own"
        )
    return profiles[name]


def _parsed(text: str) -> dict[str, Any]:
    try:
        profiles = json.loads(text, object_pairs_hook=_each_once)
    except json.JSONDecodeError as error:
        problem = f"is no JSON ({error.msg}, line {error.lineno}, column {error.colno})"
    except (ValueError, RecursionError):
        # The error would show what it failed at.
        problem = "has a number that is too long, is nested too deep, or has a name twice"
    else:
        if isinstance(profiles, dict):
            return profiles
        problem = "is no object"
    raise ConfigurationError(f"{_WHERE} {problem}: expected {_EXPECTED}")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands there twice")
    return found


def _members(profile: str, members: object) -> dict[str, str]:
    if not isinstance(members, dict):
        raise ConfigurationError(f"{_WHERE}: {profile[:40]!r} is no object: expected {_EXPECTED}")
    for member, value in members.items():
        if member not in _MEMBERS:
            raise ConfigurationError(f"{_WHERE}: {profile[:40]!r} has a member that is no setting{_meant(member)}")
        if not isinstance(value, str | bool | int):
            raise ConfigurationError(f"{_place(profile, member)} is neither text, nor true or false")
    return {member: _as_text(value) for member, value in members.items()}


def _place(profile: str, member: str) -> str:
    return f"{_WHERE}: {profile if profile.isprintable() else ascii(profile)}.{member}"


def _as_text(value: str | bool | int) -> str:
    """As it would be in the stack's configuration, where `pulumi config set --path` makes true and 42 of such text."""
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def _meant(member: str) -> str:
    """What somebody may have meant. A member that is like none could be a key in the wrong place, and isn't shown."""
    close = difflib.get_close_matches(member.casefold(), {name.casefold() for name in _MEMBERS}, n=1, cutoff=0.7)
    meant = [name for name in _MEMBERS if close and name.casefold() == close[0]]
    return f", {member[:40]!r}: did you mean {meant[0]!r}?" if meant else f": expected any of {', '.join(_MEMBERS)}"


def _nearest(name: str, profiles: Iterable[str]) -> str:
    names = sorted(profiles)
    close = difflib.get_close_matches(name.casefold(), [each.casefold() for each in names], n=1)
    meant = [each for each in names if close and each.casefold() == close[0]]
    if meant:
        return f"did you mean {meant[0]!r}?"
    return f"there are {', '.join(map(repr, names))}" if names else "there are none"
