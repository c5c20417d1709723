"""`python -m tools.endpoints > docs/endpoints.md` lists each of the API's operations with all that is there for it."""
