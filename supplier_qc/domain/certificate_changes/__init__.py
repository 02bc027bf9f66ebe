"""What changed since the last certificates of the same item, and what contradicts itself."""
