"""Spreadsheets as the product reads them: sheets, columns, cells; pure text and values."""
