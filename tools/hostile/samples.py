"""The kinds of bad input, each with what is tried of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """A kind of bad input.

    Attributes:
        name: what the table calls it.
        samples: the values that are tried.
    """

    name: str
    samples: tuple[Any, ...]


def nested(depth: int, kind: type) -> Any:
    """Lists or dicts within each other."""
    value: Any = "x"
    for _ in range(depth):
        value = [value] if kind is list else {"a": value}
    return value


KINDS = (
    Kind("half a character", ("\ud800", "a\udfffb")),
    Kind("NUL", ("\0", "a\0b")),
    Kind("control characters", ("a\x1b[31mb", "a\x08b", "a\x7fb", "a\x9bb")),
    Kind("ends of lines", ("a\r\nX-Evil: 1", "a\nb", "\n", "a\r", "a\u2028b", "a\u2029b", "a\x85b")),
    Kind("tabs", ("a\tb",)),
    Kind("directions of writing", ("a\u202eb", "\u2067a\u2069", "a\u200fb", "\u061ca")),
    Kind("invisible characters", ("a\u200bb", "\ufeffa", "a\u2060b", "a\u00adb", "a\U000e0041b")),
    Kind("private and unassigned characters", ("\ue000", "\uffff", "\U0010ffff", "\u0378")),
    Kind("combining characters", ("\u0301", "Z" + "\u0301" * 500, "e\u0301")),
    Kind("emoji", ("\U0001f600", "\U0001f469\u200d\U0001f469\u200d\U0001f467")),
    Kind("case that changes length", ("\u1e9e", "\u0130", "\u0149", "\ufb03")),
    Kind("paths", ("..", ".", "../x", "/", "//", "a/b", "a/../b", "\\..\\x")),
    Kind("percent escapes", ("%2f", "%2e%2e%2f", "%00", "%0d%0a", "%", "%252f")),
    Kind("parts of an address", ("a?b=c", "a#b", "a&b=c", "a;b", "@", "http://evil.example/")),
    Kind("blanks", ("", " ", " a", "a ", "\u3000", "\u00a0a")),
    Kind("long text", ("a" * 129, "a" * 256, "a" * 70_000, "\U0001f600" * 300)),
    Kind("numbers as text", ("1", "0", "-1", "1e400", "NaN", "Infinity", "0x10", "\u0663", "\uff11")),
    Kind("words of other languages", ("true", "null", "None", "undefined", "__proto__")),
    Kind(
        "code",
        ("'; DROP TABLE users;--", "<script>alert(1)</script>", "${jndi:ldap://x}", "{{7*7}}", "$(id)", "`id`", "%s%n"),
    ),
    Kind("quotes", ('"', "'", "\\", '\\"')),
    Kind("regular expressions", ("(a+)+$", "(" * 500, "[" * 500, "a{99999999}", "(?P<x>")),
    Kind("numbers", (0, -1, 1.5, 1e308, 2**63, True)),
    Kind("no numbers", (float("nan"), float("inf"), float("-inf"))),
    Kind("numbers without end", (10**400, -(10**400))),
    Kind("lists", ([], ["a"], [[["a"]]], ["a"] * 1000)),
    Kind("dicts", ({}, {"a": 1}, {"": ""}, {"__provider": "x"}, {"a\r\nb": 1}, {1: 2})),
    Kind("nesting", (nested(100, list), nested(100, dict), nested(5000, list), nested(5000, dict))),
    Kind("nothing", (None,)),
)
