"""What a person runs from the shell."""
