"""Other help desks' data in the form that `make import` takes (docs/import.md)."""
