"""What is asked of a supplier, what came back, and what follows from it."""
