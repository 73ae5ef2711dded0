"""Uploaded bytes judged: whether they are what they say, and what of them is kept."""
