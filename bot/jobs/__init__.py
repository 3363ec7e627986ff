"""What runs by itself: the outbox's worker and the timetable."""
