"""The portal of production under readers, editors and moderators: `make load`. `docs/load.md` says what it found."""
