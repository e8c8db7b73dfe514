"""The checks of `manage.py doctor`, by subject."""
