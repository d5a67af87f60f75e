"""Provinces and communes, today's and former ones."""
