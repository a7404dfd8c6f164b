"""Who may take what away from which page: the table that tests hold and README shows."""

EVERYBODY = {"leadership", "staff", "partner", "administrator"}
SEE_ALL = EVERYBODY - {"partner"}
CHANGE = {"staff", "administrator"}

# Page -> what can be taken away from it -> who may. A file holds only rows that
# the viewer may see. Pages that are not here give nothing away.
DOWNLOADS: dict[str, dict[str, set[str]]] = {
    "overview": {"CSV of each table": SEE_ALL},
    "demand": {"CSV of each table and of all requests": SEE_ALL},
    "outcomes": {"CSV of each table": EVERYBODY},
    "engagement_map": {"CSV of the engagements": EVERYBODY},
    "published_demand": {"CSV of each table": EVERYBODY},
    "upload": {"templates, rejected rows, decisions": CHANGE},
    "upload_history": {"the file as it came, rejected rows": CHANGE},
    "about": {"CSV of each dataset": CHANGE},
    "trail": {"CSV of the trail": {"administrator"}},
    "backups": {"each backup": {"administrator"}},
}
