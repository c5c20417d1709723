"""Values that nobody in their right mind would write, made at random."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

_LETTERS = "/.%2eEfF?#&=;:@\\ +~\"'<>(){}[]*\r\n\t\0\x1b\x7f\x85\u00e9\u0301\u202e\u200b\u2028\ufeff\uff0e\U0001f600"
TRICKY = st.text(st.sampled_from(list(_LETTERS)), max_size=16)
ANY_TEXT = st.text(st.characters(), max_size=30)
"""Halves of characters among them."""

LONG = st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=3), st.integers(100, 30_000))
TEXT = TRICKY | ANY_TEXT | LONG
NUMBER = st.integers() | st.floats() | st.booleans() | st.sampled_from([2**53 + 1, 2**64, 10**400, 1e308])
VALUE: st.SearchStrategy[Any] = st.recursive(
    TEXT | NUMBER | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TRICKY | ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)
