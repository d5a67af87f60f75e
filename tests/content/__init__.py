"""Tests of the market's own words."""
