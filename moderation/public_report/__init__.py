"""What moderators decide, in numbers for everybody."""
