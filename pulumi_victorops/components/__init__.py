"""Components: several resources that belong together, described in one go with the usual choices made."""
