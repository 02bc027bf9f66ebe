"""Certificates in; claims with page, box, literal text and confidence out."""
