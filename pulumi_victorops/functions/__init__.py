"""Functions: what a program can ask (`get_...`), and what a script can do to the service.

A `get_...` function takes plain values and answers at once. Its output form, `get_..._output`, takes and gives outputs.
"""
