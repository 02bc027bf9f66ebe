"""Rules: pure functions, facts in, verdict and reasons out."""
