"""Showrooms: their pages, their shelf, and orders handed over."""
