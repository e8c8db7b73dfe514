"""What the portal tells those who watch over it: health, metrics, logs, and a page in plain words."""
