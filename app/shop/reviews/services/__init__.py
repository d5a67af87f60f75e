"""Writes of reviews and questions."""
