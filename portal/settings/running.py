"""What those who run the portal need: backups, and who looks a set-up over."""

from portal.settings.environment import env, read

# Where `backup` writes; only so that `doctor` and the operators' page can say how old the newest one is
BACKUP_FOLDER = env.str("BACKUP_FOLDER", "")
BACKUP_MAX_HOURS = read(env.int, "BACKUP_MAX_HOURS", 26, "Write a number of hours, as in BACKUP_MAX_HOURS=26.")
# Commands of the apps that set a restored database right: `portal/running/backups/restoring.py`.
AFTER_RESTORE = ["erase_again", "rebuild_search"]
# Whether the index was made by this release's analysis of words: `portal/running/checks/content.py`.
SEARCH_IS_OUTDATED = "listings.search.rebuild.is_outdated"
# So long `migrate` waits for a table that others use, on PostgreSQL; 0: for ever
MIGRATE_LOCK_SECONDS = read(env.int, "MIGRATE_LOCK_SECONDS", 5, "Write a number, as in MIGRATE_LOCK_SECONDS=5.")
# What `doctor` looks at, in this order: `portal/running/doctor.py`
DOCTOR_CHECKS = [
    f"portal.running.checks.{name}"
    for name in (
        "environment.secret_key",
        "environment.addresses",
        "environment.https",
        "environment.proxy",
        "environment.debug",
        "environment.demonstration",
        "database.database",
        "database.kind_of_database",
        "database.migrations",
        "database.reference_data",
        "database.clock",
        "services.redis",
        "services.worker",
        "services.beat",
        "services.mail",
        "files.media",
        "files.static_files",
        "files.catalogues",
        "files.disk_space",
        "files.backups",
        "content.search_index",
        "content.operators",
        "content.second_factors",
        "content.pages_of_the_operator",
    )
]
