"""Three requests that wait for a partner, and nine partners of which three are selected."""

from cri_data.store.store import Store
from tests.support.small_store import stands_at_as_of
from tests.support.stores import copied, prepared
from tests.support.uploads import loaded

PARTNERS = """partner_id,partner_name,selection_status,effective_from_on,effective_to_on,\
base_city,base_state,base_latitude,base_longitude,capacity_hours_per_quarter,topic_ids
P1,Partner One,selected,2020-01-01,,New York,NY,40.639751,-73.778925,1000,training;compstat
P2,Partner Two,selected,2020-01-01,2024-08-31,Austin,TX,,,,
P3,Former,former,2020-01-01,2023-12-31,,,,,500,training
P4,Not yet,selected,2024-07-01,,,,,,500,training
P5,Ended yesterday,selected,2020-01-01,2024-06-29,,,,,500,training
P6,Applied,applied,,,,,,,500,training
P7,Not selected,not_selected,,,,,,,500,training
P8,Status not known,,,,,,,,500,training
P9,Partner Nine,selected,,,,,,,0,tribal
"""
AGENCIES = """agency_id,agency_name,agency_type,state,sworn_officers,latitude,longitude,zip
A1,Alder PD,municipal,CA,8,33.942536,-118.408075,
A2,Birch Sheriff,sheriff,OH,120,,,
A3,Cedar,,TX,,,,78701
"""
REQUESTS = """request_id,agency_id,received_on,status,decided_on,topic_ids
R-1,A1,2024-05-10,accepted,2024-06-01,training;compstat
R-2,A2,2024-04-10,accepted,2024-05-01,tribal
R-3,A3,2024-06-10,assigned,2024-06-20,compstat
R-4,A1,2023-06-10,in_delivery,2023-06-20,training
R-5,A1,2024-06-10,received,,training
"""
ENGAGEMENTS = """engagement_id,request_id,lead_partner_id,supporting_partner_ids,status,\
planned_start_on,planned_end_on,started_on,ended_on,hours,latitude,longitude
E-2-1,R-2,P1,,cancelled,2024-06-20,2024-07-20,,,50,,
E1,R-4,P1,,active,2024-06-01,2024-08-28,2024-06-01,,89,,
E2,R-4,P1,,planned,2024-08-01,2024-08-10,,,,38.58,-121.49
E3,R-4,P1,,active,2024-01-01,2024-02-01,2024-01-01,,100,,
E4,R-4,P1,P2,completed,2023-07-01,2023-08-01,2023-07-01,2023-08-01,20,,
E5,R-4,P9,,completed,2023-09-01,2023-10-01,2023-09-01,2023-10-01,40,,
"""
OUTCOMES = """outcome_id,engagement_id,metric_id,baseline_value,baseline_on,\
followup_value,followup_on
O1,E4,officer-morale,3,2023-07-01,4,2023-12-01
O2,E4,officer-morale,3,2023-07-01,4,2023-12-01
O3,E4,officer-morale,3,2023-07-01,4,2023-12-01
O4,E4,officer-morale,3,2023-07-01,4,2023-12-01
O5,E4,officer-morale,3,2023-07-01,3,2023-12-01
O6,E4,officer-morale,3,2023-07-01,2,2023-12-01
O7,E4,officer-morale,3,2023-07-01,,
O8,E5,officer-morale,3,2023-09-01,4,2023-12-01
O9,E5,officer-morale,3,2023-09-01,2,2023-12-01
"""


def matching_store() -> Store:
    """A store as of June 30, 2024. R-1, R-2, and R-3 wait; P1, P2, and P9 are selected."""
    return copied(prepared("matching", fill_matching))


def fill_matching(store: Store) -> None:
    """Load all rows into an empty store."""
    stands_at_as_of(store)
    for dataset, text in (
        ("agencies", AGENCIES),
        ("partners", PARTNERS),
        ("requests", REQUESTS),
        ("engagements", ENGAGEMENTS),
        ("outcomes", OUTCOMES),
    ):
        done = loaded(store, dataset, text)
        assert not done.checked.counts.rejected, done.checked.problems
