"""Delivery plumbing that every module's pages share."""
