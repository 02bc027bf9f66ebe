"""Statistics for few lots: floats, named conventions, and reasons where nothing is defined."""
