"""What a certificate prints, read without loss: numbers, comparators, units and dates."""
