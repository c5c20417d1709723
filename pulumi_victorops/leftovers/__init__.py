"""`pulumi-victorops leftovers`: what interrupted runs have made that no state knows.

`state` says what the stack knows, `finding` compares that with the journal and the org, and `removal` takes away what
nobody wants. `run` puts them together.
"""
