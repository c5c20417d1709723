"""The handlers: for each kind of resource, what the user gives, what the service has, and how one becomes the other.

They run in the engine's plugin process only. Nothing here imports Pulumi.
"""
