"""Answers are promised by a day: who looks after what, and who is told when it is late."""
