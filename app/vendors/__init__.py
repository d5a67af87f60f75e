"""Producers (chủ thể OCOP) and their desk."""
