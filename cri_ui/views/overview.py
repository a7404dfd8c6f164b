"""Overview page: the definitions of its charts."""

BY_PARTNER = (
    "Engagements that started (or are planned to start) in the period, by lead "
    "partner. Canceled engagements don't count. Days to delivery: the median, over "
    "the requests that these engagements serve, from the date received to the start "
    "of delivery by any partner. A request with two lead partners counts for both."
)
BY_SIZE = "Share of all agencies of that size with at least one request."
BY_REGION = "Census regions, plus the territories."
BY_MONTH = (
    "By date received, for the period and the 24 months before it (left of the line). "
    "Within the limits, months differ by chance: the average of whole months plus and "
    "minus 2.66 times the mean change from month to month. A diamond marks what is more "
    "than chance: a month outside the limits, seven in a row above or below the average, "
    "seven rising or falling, or two of three near a limit. The last month may be "
    "incomplete."
)
BY_TOPIC = (
    "A request can name several topics and counts under each, so the bars add up to more "
    "than the number of requests."
)
