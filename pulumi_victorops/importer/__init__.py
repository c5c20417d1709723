"""`pulumi-victorops import`: brings what exists into a stack, with no write to the service.

`service` reads the objects, by the same code as a refresh; `naming` and `wiring` make resources of them that refer to
each other; `state` puts these into the stack's state and `program` writes the text that belongs to them.
"""
