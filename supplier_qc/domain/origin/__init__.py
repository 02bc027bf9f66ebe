"""Animal and human origin: what is known of a material, and what the rules conclude from it."""
