"""Rows in; XLSX, DOCX and SVG bytes out."""
