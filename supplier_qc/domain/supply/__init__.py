"""How far a material's supply reaches: demand, stock, sources, and what a second one would take."""
