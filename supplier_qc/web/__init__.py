"""Pages: one file per subject, a blueprint with its forms."""
