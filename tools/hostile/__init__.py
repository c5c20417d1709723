"""Bad inputs tried on everything that a user can say: `python -m tools.hostile` prints what each got."""
