"""What is due, when, and which notices have to be made for it."""
