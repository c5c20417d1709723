"""The relative paths that answers carry in members such as `_selfUrl`."""

from __future__ import annotations

from urllib.parse import quote


def link(*segments: str) -> str:
    """Join segments to a path below the first version of the API; an `@` stays as it is."""
    return "/api-public/v1/" + "/".join(quote(segment, safe="@") for segment in segments)
