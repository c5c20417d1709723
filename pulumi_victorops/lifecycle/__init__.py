"""The life cycle of a resource, written once: check, diff, create, read, update and delete.

`handler` is the contract that each kind of resource fills in, `cycle` drives it, and `dynamic` presents it to
Pulumi's engine. Only `dynamic` knows Pulumi.
"""
