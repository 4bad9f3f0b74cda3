"""Secrets and parameters that the function reads at run time."""
