"""Tickets of another system become tickets of the desk: the form they come in, and what is made of it."""
