"""Tests of app/shop/catalogue."""
