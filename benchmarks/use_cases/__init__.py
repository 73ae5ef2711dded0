"""What people and functions do at the desk, once each, so that it can be counted."""
