"""What a moderator has before their eyes when they decide on a version."""
