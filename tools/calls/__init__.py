"""`python -m tools.calls > docs/calls.md` counts the calls that each resource makes in its life."""
