"""Accounts: signing in, passwords, the second factor, where somebody is signed in."""
