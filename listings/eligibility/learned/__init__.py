"""What a small linear model learned from example sentences: it finds wordings that no pattern names."""

from .model import learned_rules

__all__ = ["learned_rules"]
