"""Tests of Chợ Phiên."""
