"""The codes that a listing's answers may have, as the rules know them."""

from collections.abc import Mapping

ACTIVITY = "activity"
PROFESSIONAL = "professional"

# The kinds that may list. `other` is a possible answer, but not one of these.
LISTING_KINDS = (
    "association",
    "foundation",
    "municipality",
    "joint_municipal_authority",
    "educational_institution",
    "lutheran_parish",
    "orthodox_parish",
    "religious_community",
    "cooperative",
    "company",
    "chamber_of_commerce",
)

# The kinds that may list only what costs nothing.
COMMERCIAL_KINDS = ("company", "cooperative")

# Named by group, as in the portal's vocabulary of labels.
CODES: Mapping[str, tuple[str, ...]] = {
    "organization_kind": (*LISTING_KINDS, "other"),
    "section": (ACTIVITY, PROFESSIONAL),
    "audience": ("immigrants", "open_to_all", "professionals"),
    "weekday": ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    "location_mode": ("onsite", "online", "hybrid"),
    "form": (
        "language_club",
        "language_course",
        "peer_group",
        "own_language_support",
        "guidance",
        "homework_help",
        "digital_skills",
        "working_life",
        "training",
        "sports",
        "culture",
        "crafts_and_food",
        "family",
        "youth",
        "mentoring",
        "meeting_place",
        "volunteering",
        "event_series",
        "civic_information",
    ),
    "aim": ("knowledge_and_skills", "wellbeing", "interaction", "networks"),
    "target_group": (
        "everyone",
        "women",
        "men",
        "children",
        "young_people",
        "families",
        "parents_at_home",
        "older_people",
        "jobseekers",
        "students",
        "workers",
        "refugees",
        "asylum_seekers",
        "sexual_and_gender_minorities",
        "survivors_of_violence",
        "people_with_disabilities",
        "learning_to_read_and_write",
        "unaccompanied_minors",
    ),
    "language_level": ("none", "a1", "a2", "b1", "b2"),
    "price": ("free", "fee"),
    "fee_purpose": ("participation", "materials", "profit"),
    "participation": ("open", "registration", "referral", "client_relationship"),
    "schedule": ("weekly", "dates", "continuous"),
    "volunteering": ("none", "for_participants", "general", "supporter_training"),
    "study": ("none", "liberal_adult_education", "self_motivated", "degree"),
}
