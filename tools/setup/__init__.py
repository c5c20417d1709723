"""Set-up of a working copy: the virtual environment and the Pulumi engine."""
