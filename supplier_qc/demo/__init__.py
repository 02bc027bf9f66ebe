"""Fictional vendors, lots and certificates that fill an empty installation."""
