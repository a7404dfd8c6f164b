"""The values that coded columns allow, and how other systems write them.

An alias is compared without case and punctuation. It is listed only if it can
mean one thing.
"""

from dataclasses import dataclass

# Pattern of an ORI, the FBI's identifier of an agency: state, then seven characters.
ORI = r"[A-Z]{2}[0-9A-Z]{7}"

# What programs and people write for no value, in lower case. It is no ID, name, or text.
NO_VALUE = (
    *("n/a", "na", "n.a.", "#na", "<na>", "nan", "none", "null", "nil"),
    *("(null)", "(none)", "(blank)", "<null>", "\\n", "n/a."),
    *("-", "--", "---", "\N{EN DASH}", "\N{EM DASH}"),
)

# What people write for an unknown number or date besides. In texts these may be meant.
NOT_KNOWN = (
    *NO_VALUE,
    *("unknown", "unk", "not known", "not available", "not reported", "tbd", "?", "."),
)


@dataclass(frozen=True)
class Codes:
    """The allowed codes with their labels, and the aliases of each code."""

    labels: dict[str, str]
    aliases: dict[str, str]

    @property
    def values(self) -> tuple[str, ...]:
        """The allowed codes, in order."""
        return tuple(self.labels)


def plain(text: str) -> str:
    """Text as aliases are compared: lower case, letters and digits, single spaces.

    An apostrophe is dropped ("Sheriff's" becomes "sheriffs"); any other character
    that is not a letter or digit separates words.
    """
    joined = text.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    letters = "".join(c.lower() if c.isalnum() else " " for c in joined)
    return " ".join(letters.split())


def codes(labels: dict[str, str], aliases: dict[str, str] | None = None) -> Codes:
    """A code list in which each code and label is also an alias, in any case."""
    known = {plain(code): code for code in labels}
    known |= {plain(label): code for code, label in labels.items()}
    known |= {plain(alias): code for alias, code in (aliases or {}).items()}
    return Codes(labels, known)


AGENCY_TYPES = codes(
    {
        "municipal": "Municipal police",
        "sheriff": "Sheriff's office",
        "county": "County police",
        "state": "State agency",
        "tribal": "Tribal",
        "campus": "Campus",
        "special": "Special jurisdiction",
    },
    {
        "city": "municipal",
        "local": "municipal",
        "local police": "municipal",
        "municipality": "municipal",
        "police department": "municipal",
        "town": "municipal",
        "township": "municipal",
        "village": "municipal",
        "borough": "municipal",
        "sheriffs": "sheriff",
        "sheriff office": "sheriff",
        "sheriffs department": "sheriff",
        "county sheriff": "sheriff",
        "county police department": "county",
        "state police": "state",
        "highway patrol": "state",
        "other state agency": "state",
        "tribal police": "tribal",
        "tribe": "tribal",
        "university": "campus",
        "college": "campus",
        "university or college": "campus",
        "school": "campus",
        "special jurisdiction": "special",
        "transit": "special",
        "airport": "special",
        "park": "special",
    },
)

_STATE_NAMES = {
    "AL": "Alabama",
    "AK": "Alaska",
    "AZ": "Arizona",
    "AR": "Arkansas",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "DE": "Delaware",
    "DC": "District of Columbia",
    "FL": "Florida",
    "GA": "Georgia",
    "HI": "Hawaii",
    "ID": "Idaho",
    "IL": "Illinois",
    "IN": "Indiana",
    "IA": "Iowa",
    "KS": "Kansas",
    "KY": "Kentucky",
    "LA": "Louisiana",
    "ME": "Maine",
    "MD": "Maryland",
    "MA": "Massachusetts",
    "MI": "Michigan",
    "MN": "Minnesota",
    "MS": "Mississippi",
    "MO": "Missouri",
    "MT": "Montana",
    "NE": "Nebraska",
    "NV": "Nevada",
    "NH": "New Hampshire",
    "NJ": "New Jersey",
    "NM": "New Mexico",
    "NY": "New York",
    "NC": "North Carolina",
    "ND": "North Dakota",
    "OH": "Ohio",
    "OK": "Oklahoma",
    "OR": "Oregon",
    "PA": "Pennsylvania",
    "RI": "Rhode Island",
    "SC": "South Carolina",
    "SD": "South Dakota",
    "TN": "Tennessee",
    "TX": "Texas",
    "UT": "Utah",
    "VT": "Vermont",
    "VA": "Virginia",
    "WA": "Washington",
    "WV": "West Virginia",
    "WI": "Wisconsin",
    "WY": "Wyoming",
    "AS": "American Samoa",
    "GU": "Guam",
    "MP": "Northern Mariana Islands",
    "PR": "Puerto Rico",
    "VI": "U.S. Virgin Islands",
}

# As newspapers (AP), the Government Publishing Office, and older lists write them. Postal
# codes with points ("N.H.") are added to these below.
_STATE_ABBREVIATIONS = {
    "AL": ("Ala.",),
    "AK": ("Alas.", "Alsk."),
    "AZ": ("Ariz.",),
    "AR": ("Ark.",),
    "CA": ("Calif.", "Cal.", "Cali."),
    "CO": ("Colo.",),
    "CT": ("Conn.",),
    "DE": ("Del.",),
    "DC": ("Wash. D.C.", "Washington DC", "Washington D.C.", "Dist. of Columbia"),
    "FL": ("Fla.",),
    "HI": ("Haw.",),
    "ID": ("Ida.",),
    "IL": ("Ill.", "Ills."),
    "IN": ("Ind.",),
    "KS": ("Kan.", "Kans."),
    "MA": ("Mass.",),
    "MI": ("Mich.",),
    "MN": ("Minn.",),
    "MS": ("Miss.",),
    "MT": ("Mont.",),
    # NCIC uses NB for Nebraska and GM for Guam, in ORIs and in state columns.
    "NE": ("Neb.", "Nebr.", "NB"),
    "NV": ("Nev.",),
    "NH": ("N. Hampshire", "N. Hamp."),
    "NJ": ("N. Jersey",),
    "NM": ("N. Mex.", "N. Mexico", "New Mex."),
    "NY": ("N. York", "New York State"),
    "NC": ("N. Carolina", "N. Car.", "No. Carolina"),
    "ND": ("N. Dak.", "N. Dakota", "No. Dakota"),
    "OK": ("Okla.",),
    "OR": ("Ore.", "Oreg."),
    "PA": ("Penn.", "Penna."),
    "RI": ("R. Island", "Rhode Is."),
    "SC": ("S. Carolina", "S. Car.", "So. Carolina"),
    "SD": ("S. Dak.", "S. Dakota", "So. Dakota"),
    "TN": ("Tenn.",),
    "TX": ("Tex.",),
    "WA": ("Wash.", "Washington State"),
    "WV": ("W. Va.", "W. Virginia", "West Va.", "W. Virg.", "Wva."),
    "WI": ("Wis.", "Wisc."),
    "WY": ("Wyo.",),
    "AS": ("Amer. Samoa", "Am. Samoa", "A. Samoa"),
    "GU": ("GM",),
    "MP": ("CNMI", "C.N.M.I.", "N. Mariana Islands", "No. Mariana Islands", "N. Mar. I."),
    "PR": ("Porto Rico", "P. Rico", "Commonwealth of Puerto Rico"),
    "VI": ("Virgin Islands", "US Virgin Islands", "USVI", "U.S.V.I.", "Virgin Is."),
}

STATES = codes(
    _STATE_NAMES,
    {".".join(code) + ".": code for code in _STATE_NAMES}
    | {f"State of {name}": code for code, name in _STATE_NAMES.items()}
    | {
        written: code
        for code, abbreviations in _STATE_ABBREVIATIONS.items()
        for written in abbreviations
    },
)

# Census regions, plus the territories (in no Census region), in chart order.
REGIONS = ("Northeast", "Midwest", "South", "West", "Territories")

REQUEST_STATUSES = codes(
    {
        "received": "Received",
        "under_review": "Under review",
        "accepted": "Accepted",
        "assigned": "Assigned",
        "in_delivery": "In delivery",
        "completed": "Completed",
        "declined": "Declined",
        "withdrawn": "Withdrawn",
    },
    {
        "new": "received",
        "in review": "under_review",
        "approved": "accepted",
        "in progress": "in_delivery",
        "complete": "completed",
        "denied": "declined",
        "rejected": "declined",
        "cancelled by agency": "withdrawn",
        "canceled by agency": "withdrawn",
    },
)

ENGAGEMENT_STATUSES = codes(
    {
        "planned": "Planned",
        "active": "Active",
        "completed": "Completed",
        "cancelled": "Canceled",
    },
    {
        "scheduled": "planned",
        "in progress": "active",
        "ongoing": "active",
        "complete": "completed",
        "done": "completed",
        "canceled": "cancelled",
    },
)

SELECTION_STATUSES = codes(
    {
        "applied": "Applied",
        "selected": "Selected",
        "not_selected": "Not selected",
        "former": "Former partner",
    },
)

DELIVERY_MODES = codes(
    {
        "in_person_training": "In-person training",
        "web_training": "Web training",
        "train_the_trainer": "Train the trainer",
        "virtual_coaching": "Virtual coaching",
        "on_site_consultation": "On-site consultation",
        "peer_exchange": "Peer exchange",
        "policy_review": "Policy review",
        "meeting_facilitation": "Meeting facilitation",
        "resource_referral": "Resource referral",
        "analysis": "Analysis",
    },
    {
        "in person": "in_person_training",
        "online training": "web_training",
        "webinar": "web_training",
        "on site": "on_site_consultation",
        "onsite consultation": "on_site_consultation",
    },
)

UNITS = codes(
    {
        "percent": "Percent",
        "score_1_to_5": "Score, 1 to 5",
        "count": "Count",
        "days": "Days",
        "rate_per_100k": "Rate per 100,000",
    },
)

BETTER = codes({"higher": "Higher is better", "lower": "Lower is better"})

GOALS = codes(
    {
        "crime_reduction": "Crime reduction",
        "officer_safety": "Officer safety",
        "officer_morale": "Officer morale",
        "public_respect": "Public respect",
        "local_capacity": "Local control and accountability",
    },
)

LEVELS = codes(
    {
        "reaction": "Reaction",
        "learning": "Learning",
        "behavior": "Behavior",
        "results": "Results",
    },
)
