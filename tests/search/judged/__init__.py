"""Queries with judged answers, the catalogues that they are asked of, and how an answer is measured."""
