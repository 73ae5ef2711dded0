"""Migrations: one module each, whose `step` says what is to be written for an item of the desk table, if anything."""
