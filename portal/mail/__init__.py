"""Mail: written, a row of the outbox, handed over, and sometimes come back."""
