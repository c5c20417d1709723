"""Where the service is and who is calling: read from the stack's configuration, then from the environment."""

from __future__ import annotations

import contextlib
import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pulumi_victorops.api.errors import ConfigurationError
from pulumi_victorops.api.limits import DEFAULT_BASE_URL, DEFAULT_RATE_LIMIT, DEFAULT_RATE_LIMIT_STORE

API_ID = ("victorops:apiId", "VO_API_ID")
API_KEY = ("victorops:apiKey", "VO_API_KEY")
BASE_URL = ("victorops:baseUrl", "VO_BASE_URL")
RATE_LIMIT = ("victorops:rateLimit", "VO_RATE_LIMIT")
RATE_LIMIT_STORE = ("victorops:rateLimitStore", "VO_RATE_LIMIT_STORE")
DEFAULT_REPLACEMENT = ("victorops:defaultReplacement", "VO_DEFAULT_REPLACEMENT")
NAME_SUFFIX = ("victorops:nameSuffix", "VO_NAME_SUFFIX")
AUDIT = ("victorops:audit", "VO_AUDIT")
ADOPT = ("victorops:adopt", "VO_ADOPT")
JOURNAL = ("victorops:journal", "VO_JOURNAL")
EXTENDED_API = ("victorops:extendedApi", "VO_EXTENDED_API")

_HOST = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?")
_RATE = re.compile(r"(?P<calls>[1-9][0-9]{0,5})\s*/\s*(?P<unit>s|m|h)", re.IGNORECASE)
_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600}


@dataclass(frozen=True)
class RateLimit:
    """At most `calls` calls in any `seconds` seconds."""

    calls: int
    seconds: int


@dataclass(frozen=True)
class Settings:
    """What a client needs to know.

    Attributes:
        api_id: the `X-VO-Api-Id` of the org.
        api_key: the `X-VO-Api-Key`; never shown.
        base_url: the service's address without a trailing slash.
        rate_limit: how fast to call, or None for no limit.
        rate_limit_store: where calls are counted: `file`, `memory` or a Redis address; never shown.
        name_suffix: what goes behind the names that are unique in an org, so that several stacks can share one.
        default_replacement: who takes over from a deleted user or member that names nobody else.
        audit: whether a preview reads the org and warns of what deletions would meet and take along.
        adopt: whether resources take over objects that exist already: "" for no, "true", or "exact" for those only that
            are just as the program describes them.
        journal: the folder for the journals of stacks, None for the usual one, or "off".
        extended_api: whether to use calls that the service has beyond its documented ones.
        profile: the name of the profile that they are of; None for the stack's own.
    """

    api_id: str = field(repr=False)
    api_key: str = field(repr=False)
    base_url: str = DEFAULT_BASE_URL
    rate_limit: RateLimit | None = field(default_factory=lambda: parse_rate_limit(DEFAULT_RATE_LIMIT))
    default_replacement: str | None = None
    name_suffix: str = ""
    audit: bool = False
    adopt: str = ""
    journal: str | None = None
    extended_api: bool = False
    rate_limit_store: str = field(default=DEFAULT_RATE_LIMIT_STORE, repr=False)
    profile: str | None = None

    def __post_init__(self) -> None:
        """Refuse what can't be sent or may not be called, however it was given."""
        _check_header_value(self.api_id, API_ID)
        _check_header_value(self.api_key, API_KEY)
        object.__setattr__(self, "base_url", parse_base_url(self.base_url))
        object.__setattr__(self, "rate_limit_store", parse_rate_limit_store(self.rate_limit_store))

    @classmethod
    def load(
        cls, config: Callable[[str], object], environ: Mapping[str, str], *, profile: str | None = None
    ) -> Settings:
        """Read the settings; the stack's configuration wins over the environment.

        Args:
            config: looks up a configuration key such as `victorops:apiId`; None where it isn't set.
            environ: the environment variables.
            profile: what they are to be known by; `settings_for` reads a profile.

        Raises:
            ConfigurationError: something is missing or unusable; the message names every remedy.
        """

        def look_up(names: tuple[str, str]) -> str | None:
            key, variable = names
            value = config(key)
            text = str(value) if value is not None else environ.get(variable, "")
            return text.strip() or None

        api_id, api_key = look_up(API_ID), look_up(API_KEY)
        if api_id is None or api_key is None:
            raise _missing_credentials(api_id, api_key)
        return cls(
            api_id=api_id,
            api_key=api_key,
            base_url=look_up(BASE_URL) or DEFAULT_BASE_URL,
            rate_limit=parse_rate_limit(look_up(RATE_LIMIT) or DEFAULT_RATE_LIMIT),
            default_replacement=look_up(DEFAULT_REPLACEMENT),
            name_suffix=look_up(NAME_SUFFIX) or "",
            rate_limit_store=look_up(RATE_LIMIT_STORE) or DEFAULT_RATE_LIMIT_STORE,
            audit=_parse_audit(look_up(AUDIT)),
            adopt=_parse_adopt(look_up(ADOPT) or ""),
            journal=look_up(JOURNAL),
            extended_api=_parse_switch(look_up(EXTENDED_API), EXTENDED_API),
            profile=profile,
        )


def is_loopback(host: str) -> bool:
    """Whether `host` can only be this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def parse_base_url(text: str) -> str:
    """Check the service's address and drop its trailing slash.

    Raises:
        ConfigurationError: it isn't an address to which credentials may be sent.
    """
    name = "victorops:baseUrl (or VO_BASE_URL)"
    try:
        url = urlsplit(text)
        host, _ = url.hostname, url.port
    except ValueError:
        host = None
        url = urlsplit("")
    # What stands between the slashes is plain, or the HTTP library may read another host from it.
    plain = _HOST.fullmatch(url.netloc.rpartition("@")[2])
    if host is None or url.scheme not in {"http", "https"} or re.search(r"[\s\x00-\x1f]", text) or not plain:
        raise ConfigurationError(f"{name} is not an http(s) address: expected {DEFAULT_BASE_URL}")
    if url.username is not None or url.password is not None:
        raise ConfigurationError(f"{name} must not hold a user name or password")
    if "?" in text or "#" in text:
        raise ConfigurationError(f"{name} must not have a query or fragment: expected {DEFAULT_BASE_URL}")
    if re.search(r"/api-(public|reporting)(/|$)", url.path):
        raise ConfigurationError(f"{name} must end before /api-public: expected {DEFAULT_BASE_URL}")
    if url.scheme == "http" and not is_loopback(host):
        raise ConfigurationError(
            f"{name} is http, which would send the API key in the clear to {host}: "
            "use https (http is for loopback addresses only)"
        )
    return text.rstrip("/")


def parse_rate_limit(text: str) -> RateLimit | None:
    """Read `2/s`, `60/m`, `1000/h` or `off`.

    Raises:
        ConfigurationError: it's none of these.
    """
    if text.strip().lower() == "off":
        return None
    match = _RATE.fullmatch(text.strip())
    if match is None:
        raise ConfigurationError(
            f"victorops:rateLimit (or VO_RATE_LIMIT) is {text[:40]!r}: "
            "expected calls per second, minute or hour such as 2/s or 60/m, or off"
        )
    return RateLimit(int(match["calls"]), _UNIT_SECONDS[match["unit"].lower()])


def _parse_switch(text: str | None, names: tuple[str, str]) -> bool:
    """Read `true` or `false` in any case; nothing is false."""
    switches = {"true": True, "false": False}
    if text is not None and text.lower() not in switches:
        raise ConfigurationError(f"{names[0]} (or {names[1]}) is {text[:40]!r}: expected true or false")
    return switches[text.lower()] if text else False


def parse_rate_limit_store(text: str) -> str:
    """Check where calls are to be counted.

    Raises:
        ConfigurationError: it's neither `file` nor `memory` nor a Redis address. It isn't repeated, since such an
            address may hold a password.
    """
    text = text.strip()
    if text.lower() in {"file", "memory"}:
        return text.lower()
    with contextlib.suppress(ValueError):
        url = urlsplit(text)
        if url.scheme in {"redis", "rediss"} and url.hostname and url.port != 0 and re.fullmatch(r"/?[0-9]*", url.path):
            return text
    raise ConfigurationError(
        "victorops:rateLimitStore (or VO_RATE_LIMIT_STORE) is none of file, memory and a Redis address such as "
        "redis://redis.example.com:6379/0 (rediss:// for TLS)"
    )


def _parse_audit(text: str | None) -> bool:
    if text is None or text.lower() == "off":
        return False
    if text.lower() == "preview":
        return True
    raise ConfigurationError(f"{AUDIT[0]} (or {AUDIT[1]}) is {text[:40]!r}: expected preview or off")


def _parse_adopt(text: str) -> str:
    word = text.lower()
    if word in {"", "false", "off"}:
        return ""
    if word not in {"true", "exact"}:
        raise ConfigurationError(f"{ADOPT[0]} (or {ADOPT[1]}) is {text[:40]!r}: expected true, false or exact")
    return word


def _missing_credentials(api_id: str | None, api_key: str | None) -> ConfigurationError:
    missing = [names for names, value in ((API_ID, api_id), (API_KEY, api_key)) if value is None]
    what = " and ".join(key for key, _ in missing)
    # The id too: what is no secret stands readable in the stack's state, and in the engine's own logs.
    commands = "; ".join(f"pulumi config set --secret {key} ..." for key, _ in missing)
    variables = " and ".join(variable for _, variable in missing)
    return ConfigurationError(
        f"{what} {'are' if len(missing) > 1 else 'is'} not set: run `{commands}`, or set {variables} in the environment"
    )


def _check_header_value(value: str, names: tuple[str, str]) -> None:
    # What can't be a header would be refused by the HTTP library in a message that shows the value.
    if not re.fullmatch(r"[\x21-\x7e]+", value):
        raise ConfigurationError(f"{names[0]} (or {names[1]}) holds a blank, a control or a non-ASCII character")
