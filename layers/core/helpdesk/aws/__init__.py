"""Clients and the other AWS services: uploads, the event topic, SMS and e-mail providers."""
