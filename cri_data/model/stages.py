"""The stages of a request and the ages of open ones, as the queries name them."""

# By stage: what it is from and to.
STAGES = {
    "decided": "Received to decided",
    "assigned": "Decided to assigned",
    "delivery_started": "Assigned to delivery start",
    "closed": "Delivery start to closed",
    "received_to_assigned": "Received to assigned",
}

# What a request is when a stage has ended; one that was declined is told apart.
ENDS = {
    "decided": "Accepted",
    "assigned": "Assigned",
    "delivery_started": "Delivery started",
    "closed": "Closed",
    "received_to_assigned": "Assigned",
}

# The stage over two of them: its comparison with last year is the headline.
WHOLE = "received_to_assigned"

# By the stage that an open request is in: what it waits for.
WAITS_FOR = {
    "decided": "Decision",
    "assigned": "Assignment",
    "delivery_started": "Start of delivery",
    "closed": "Closing",
}

# Days since an open request was received, by the band's number.
AGE_BANDS = {1: "0–7 days", 2: "8–30 days", 3: "31–90 days", 4: "Over 90 days"}

# Stages that a partner is part of.
WITH_PARTNER = ("delivery_started", "closed")

# What the queries call the lead partner of a request without one.
NO_PARTNER = "No partner yet"
