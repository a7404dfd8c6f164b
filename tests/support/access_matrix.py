"""Which roles may download what, from each page. Tests check it; README shows it."""

EVERYBODY = {"leadership", "staff", "partner", "administrator"}
SEE_ALL = EVERYBODY - {"partner"}
CHANGE = {"staff", "administrator"}

# Page -> download -> roles. A file holds only rows that the viewer may see. Pages
# that are not listed have no download.
DOWNLOADS: dict[str, dict[str, set[str]]] = {
    "overview": {"CSV of each table": SEE_ALL},
    "demand": {"CSV of each table and of all requests": SEE_ALL},
    "outcomes": {"CSV of each table": EVERYBODY},
    "engagement_map": {"CSV of the engagements": EVERYBODY},
    "published_demand": {"CSV of each table": EVERYBODY},
    "upload": {"templates, rejected rows, choices": CHANGE},
    "upload_history": {"original file, rejected rows": CHANGE},
    "about": {"CSV of each dataset": CHANGE},
    "trail": {"CSV of the audit log": {"administrator"}},
    "backups": {"each backup": {"administrator"}},
}
