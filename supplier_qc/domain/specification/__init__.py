"""Our limits for a manufacturer's item, and what a result is worth against them."""
