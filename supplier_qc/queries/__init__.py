"""Read side: functions that return frozen rows for pages, exports and jobs."""
