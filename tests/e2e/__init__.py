"""Journeys of people through real Chromium, against the shop as `make run` starts it."""
