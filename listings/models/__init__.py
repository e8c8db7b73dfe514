from .listing import Listing
from .search_row import SearchRow
from .session import Session
from .version import Version, VersionForm
from .vocabulary import ActivityForm, TargetGroup

__all__ = ["ActivityForm", "Listing", "SearchRow", "Session", "TargetGroup", "Version", "VersionForm"]
