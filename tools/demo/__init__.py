"""The demo: the quickstart program brought up against a simulated service, on this machine alone."""
