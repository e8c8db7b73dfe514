from .link import BrokenLink
from .listing import Listing
from .remark import Remark
from .report import Report
from .search_index import Document, Posting, SearchState
from .session import Session
from .version import Version, VersionForm
from .vocabulary import ActivityForm, Synonym, TargetGroup

__all__ = [
    "ActivityForm",
    "BrokenLink",
    "Document",
    "Listing",
    "Posting",
    "Remark",
    "Report",
    "SearchState",
    "Session",
    "Synonym",
    "TargetGroup",
    "Version",
    "VersionForm",
]
