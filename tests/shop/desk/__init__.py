"""Tests of the producer's desk."""
