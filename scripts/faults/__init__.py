"""Brings about what happens in years of running, on the whole set-up and with people at work, and checks what is left.

`make faults` runs it; `docs/faults.md` says what each fault is, what was measured and what was found.
"""
