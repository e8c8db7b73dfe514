from .listing import Listing
from .search_index import Document, Posting, SearchState
from .session import Session
from .version import Version, VersionForm
from .vocabulary import ActivityForm, Synonym, TargetGroup

__all__ = [
    "ActivityForm",
    "Document",
    "Listing",
    "Posting",
    "SearchState",
    "Session",
    "Synonym",
    "TargetGroup",
    "Version",
    "VersionForm",
]
