"""Layers that the module makes."""
