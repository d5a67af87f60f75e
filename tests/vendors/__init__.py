"""Tests of app/vendors."""
