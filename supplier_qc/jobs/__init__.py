"""What the clock starts; thin, all state in our own tables."""
