"""Tests of provinces and communes."""
