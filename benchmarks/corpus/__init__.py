"""A seeded corpus of invented certificates, drawn to measure the reader by variation.

Nothing here knows the reader or its vocabulary: the wording was collected on its own, and the
half that reports draws from wording that the half for development never shows.
"""
