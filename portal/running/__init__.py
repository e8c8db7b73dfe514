"""What those who run the portal do with it: back up, let it rest, check what must be true, ask the doctor."""
