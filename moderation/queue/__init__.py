"""What waits for a decision: which cases, in which order, who has them in hand."""
