"""Use cases that change things: one public function is one transaction with its audit entry."""
