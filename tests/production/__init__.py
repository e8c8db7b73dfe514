"""The portal as it runs in production: every process, each with servers of its own."""
