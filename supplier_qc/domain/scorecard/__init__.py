"""The scorecard of a supplier: what counts as good, measures, their points, the score."""
