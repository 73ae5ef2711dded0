"""Fixtures that several kinds of tests share."""

pytest_plugins = ["tests.support.dynamodb_local"]
