"""Which roles may download what, from each page. Tests check it; README shows it."""

EVERYBODY = {"leadership", "staff", "partner", "administrator"}
SEE_ALL = EVERYBODY - {"partner"}
CHANGE = {"staff", "administrator"}

# Page -> download -> roles. A file holds only rows that the viewer may see. Pages
# that are not listed have no download.
DOWNLOADS: dict[str, dict[str, set[str]]] = {
    "overview": {"each table, as CSV and Excel": SEE_ALL},
    "demand": {"each table and all requests, as CSV and Excel": SEE_ALL},
    "reach": {"each table and all agencies not served, as CSV and Excel": SEE_ALL},
    "timeliness": {"each table and all open requests, as CSV and Excel": SEE_ALL},
    "agency": {"each table and each list, as CSV and Excel": SEE_ALL},
    "outcomes": {"each table, as CSV and Excel": EVERYBODY},
    "engagement_map": {"the engagements, as CSV and Excel": EVERYBODY},
    "matching": {
        "each list, as CSV and Excel": SEE_ALL,
        "matched requests as engagements to upload, as CSV": CHANGE,
    },
    "partners": {"each table, as CSV and Excel": SEE_ALL},
    "our_work": {"each table and list, as CSV and Excel; the calendar file": {"partner"}},
    "published_demand": {"each table, as CSV and Excel": EVERYBODY},
    "upload": {"templates, rejected rows, choices": CHANGE},
    "upload_history": {"original file, rejected rows": CHANGE},
    "about": {"CSV of each dataset": CHANGE},
    "trail": {"CSV of the audit log": {"administrator"}},
    "backups": {"each backup": {"administrator"}},
}
