"""Measurements: each module is a group, `measure()` returns its figures by name."""
