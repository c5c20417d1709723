"""Whole stacks under random faults and kills, and whether the org is afterwards what the program says."""
