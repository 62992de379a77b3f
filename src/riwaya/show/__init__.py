"""Knows how to show what was read in one article: one format, one file."""
