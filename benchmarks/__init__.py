"""What this project costs beyond the engine: `make bench`."""
