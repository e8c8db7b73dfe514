"""The trace of all actions, as operators and moderators read it."""
