"""The Pulumi classes: what a program writes, typed and documented. What they do is in `handlers`."""
