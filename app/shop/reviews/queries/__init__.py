"""Reads of reviews and questions, each for whoever may see them."""
