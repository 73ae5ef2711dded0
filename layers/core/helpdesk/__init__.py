"""Poshtiban's shared package: rules, use cases, storage and the edge of the support desk."""
