"""Says how the learned model judges a sentence, and which of its words weigh most."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from listings.eligibility.learned.features import STEMMERS, features_of
from listings.eligibility.learned.model import model_of
from listings.eligibility.screening.screener import read_text
from listings.eligibility.screening.words import readable

RULES_SHOWN = 3


class Command(BaseCommand):
    """`manage.py explain_sentence --language en "..."`."""

    help = "Say how the learned model of the text screening judges a sentence, and why."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define the text and its language."""
        parser.add_argument("text")
        parser.add_argument("--language", choices=sorted(STEMMERS), default="fi")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print for each sentence the likeliest rules with the features that speak for them."""
        model = model_of(options["language"])
        for sentence in read_text("description", options["language"], readable(options["text"])):
            features = features_of(sentence.words, sentence.tags, sentence.denied, options["language"])
            self.stdout.write(sentence.quote(0, len(sentence.words)))
            judged = zip(model.rules, model.likelihoods(features), model.enough, strict=True)
            for rule, likelihood, enough in sorted(judged, key=lambda one: -one[1])[:RULES_SHOWN]:
                why = ", ".join(f"{feature} {weight / 100:.1f}" for feature, weight in model.reasons(rule, features))
                mark = "found" if likelihood >= enough else "not found"
                self.stdout.write(f"  {rule} {likelihood:.2f} (from {enough:.2f}: {mark}): {why}")
