"""What remains of a reagent in a dose: the calculation, the measurement and the limit."""
