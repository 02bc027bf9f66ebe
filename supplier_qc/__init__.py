"""Supplier and raw-material qualification for makers of cell therapies."""
