"""Messages and the senders that carry them."""
