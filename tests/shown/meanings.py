"""What the words of the field mean: codes, references, and ranges of numbers."""

# What cells of coded columns show, in any case, and the code that each means.
_STATES = {
    **{"TX": "TX", "Texas": "TX", "Tex.": "TX", "N.Y.": "NY", "New York": "NY"},
    **{"D.C.": "DC", "Puerto Rico": "PR", "Calif.": "CA", "W. Va.": "WV"},
}
CODES = {
    "state": _STATES,
    "base_state": _STATES,
    "agency_type": {
        **{"municipal": "municipal", "City": "municipal", "Municipal police": "municipal"},
        **{"Sheriff's office": "sheriff", "Tribal": "tribal", "State police": "state"},
    },
    "status": {"completed": "completed", "Complete": "completed"},
    "selection_status": {
        **{"applied": "applied", "not_selected": "not_selected"},
        **{"Not selected": "not_selected", "Former partner": "former"},
    },
    "delivery_mode": {
        **{"In-person training": "in_person_training", "webinar": "web_training"},
        **{"virtual_coaching": "virtual_coaching"},
    },
    "unit": {"percent": "percent", "Days": "days", "Score, 1 to 5": "score_1_to_5"},
    "better": {"higher": "higher", "Lower is better": "lower"},
    "goal": {"crime_reduction": "crime_reduction", "Officer safety": "officer_safety"},
    "level": {"reaction": "reaction", "Results": "results"},
}

# Records of the small store, those that rows refer to.
REFERENCES = {
    "agencies": ("A1", "A2", "A4"),
    "partners": ("P1", "P2"),
    "requests": ("R1", "R6"),
    "engagements": ("E1", "E5"),
    "topics": ("training", "tribal", "gun-violence"),
    "metrics": ("wellness-use", "officer-morale"),
}

# Lists as cells show them.
LISTS = {
    "training;tribal": ("training", "tribal"),
    "training, tribal": ("training", "tribal"),
    "tribal ; training;": ("tribal", "training"),
    "training;training": ("training",),
    "Training\ntribal": ("training", "tribal"),
    "P1;P2": ("P1", "P2"),
    "P2, P1": ("P2", "P1"),
}

METRIC_UNITS = {
    "wellness-use": "percent",
    "officer-morale": "score_1_to_5",
    "complaints": "count",
    "days-to-evidence": "days",
    "violent-crime-rate": "rate_per_100k",
}

# Unit, decimals, and range of the numbers in a column, or in a metric's unit.
RANGES = {
    "percent": ("percent", 2, 0, 100),
    "score_1_to_5": ("score_1_to_5", 2, 1, 5),
    "count": ("count", 0, 0, 10_000_000),
    "days": ("days", 2, 0, 10_000),
    "rate_per_100k": ("rate_per_100k", 3, 0, 10_000),
    "hours": ("hours", 2, 0, 90_000),
    "capacity_hours_per_quarter": ("hours", 2, 0, 90_000),
    "participants_in_person": ("people", 0, 0, 900_000),
    "participants_virtual": ("people", 0, 0, 900_000),
    "respondents_invited": ("people", 0, 0, 900_000),
    "respondents_responded": ("people", 0, 0, 900_000),
    "sworn_officers": ("officers", 0, 0, 90_000),
    "population_served": ("residents", 0, 0, 9_000_000),
    "latitude": ("degrees", 4, 26, 48),
    "longitude": ("degrees", 4, -122, -68),
    "base_latitude": ("degrees", 4, 26, 48),
    "base_longitude": ("degrees", 4, -122, -68),
}
