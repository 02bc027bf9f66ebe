"""Supplier and raw-material qualification for makers of cell therapies."""

__version__ = "0.1.0"
