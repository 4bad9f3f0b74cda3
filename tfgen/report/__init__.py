"""Diagnostics → text for people or programs. Gives text; the CLI prints it."""
