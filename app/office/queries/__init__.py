"""Reads of the programme desk."""
