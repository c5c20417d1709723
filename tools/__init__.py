"""What a working copy of this project is set up and demonstrated with; not part of the package."""
