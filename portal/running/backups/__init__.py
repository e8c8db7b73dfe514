"""Copies of all that the portal keeps, and the way back. Each is a folder with a manifest, written last."""
