"""Text of somebody else's in a line of ours."""

from __future__ import annotations


def on_one_line(text: str) -> str:
    """The text as it can be printed: ends of lines, controls and halves of characters as escapes."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
