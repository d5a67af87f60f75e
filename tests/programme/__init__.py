"""Tests of app/programme."""
