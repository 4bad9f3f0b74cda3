"""The `terraform` on PATH: modules on disk → what it says of them, and where in specs that comes from."""
