"""Tests of the queue and of what is done by itself."""
