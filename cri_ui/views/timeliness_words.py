"""How the numbers of the Timeliness page are counted, in words."""

DAYS = (
    "Days from the start of the stage to its end, for requests received in the period. "
    "Requests still in the stage count with the days so far, and requests that were "
    "declined, withdrawn, or closed before its end count until then (Kaplan-Meier), so "
    "slow requests are not left out. A declined request that was never assigned ends "
    "the first stage with its decision. Half of the requests end the stage within the "
    "median; 9 of 10 within the 90th percentile. A dash: so many have not ended yet. "
    "Within target: the share that ends the stage within its target days; the targets "
    "are settings. Time unknown: a date is missing although the status says that the "
    "stage began or is over, or dates are out of order or after the as-of date. These "
    "requests are left out of the days."
)
YEARS = (
    "Requests received in the fiscal year of the last day of the period (by default, "
    "this fiscal year to date), against requests received on the same number of days "
    "of the year before. Each year counts only what was known on the last of these days, "
    "so that both are equally old. Days as in each stage (Kaplan-Meier). Faster or "
    "slower: a log-rank test says that the difference is more than noise (5% error over "
    "all rows of the table together). Filters other than the first day apply."
)
ENDS = (
    "Of all requests that began the stage, the share that had ended it, was declined, "
    "was withdrawn, or was still in it after so many days (cumulative incidence, "
    "Aalen-Johansen). A row adds up to 100%. Requests with unknown time are left out."
)
AGES = (
    "Open requests as of the as-of date, by days since received. Ignores dates; other "
    "filters apply. A request waits for the end of the stage that its status or dates "
    "say it is in."
)
LEADS = (
    f"{AGES} Lead partner: the partner that leads the request's engagement; of several, "
    "the first to begin of those under way, or else of those completed. Canceled "
    "engagements don't count."
)
MONTHS = (
    "Open at start + received - closed = open at end. Whole months of the period; open "
    "requests are those of all dates. A closed request without a closing date counts as "
    "closed all along: in the month when it was received."
)
PARTNER = (
    "Partners come in once a request is assigned. Choose a later stage to compare them."
)
TERMS = (
    ("Days in a stage", DAYS),
    ("This year against last", YEARS),
    ("What becomes of requests", ENDS),
    ("Open requests by age", LEADS),
    ("Received, closed, and open by month", MONTHS),
)
