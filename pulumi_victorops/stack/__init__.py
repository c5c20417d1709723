"""A stack as the command line needs it: the engine's own command, and the kinds of resources that a stack may hold."""
