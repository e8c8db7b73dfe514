from .filters import ListingFilter
from .steps import STEP_CODES, STEPS, Step, step

__all__ = ["STEPS", "STEP_CODES", "ListingFilter", "Step", "step"]
