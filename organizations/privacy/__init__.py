"""What the portal knows about a person: handed out, kept for its time, erased."""
