"""What a name says: kinds, units and places told apart, however they are written."""

import pyarrow as pa
import pytest

from cri_data.importing.matching.match import match_agencies
from tests.support.small_store import INSERTS, empty_store


@pytest.fixture(scope="module")
def store():
    store = empty_store()
    yield store
    store.close()


def same(store, state: str, given: str, known: str) -> bool:
    """Whether one name is certainly the other, where no other is known."""
    agency = {"agency_id": "K", "agency_name": known, "state": state}
    with store.cursor() as cursor:
        # For this name alone: nothing of it is kept.
        cursor.begin()
        cursor.execute(INSERTS["agencies"], {"rows": [agency]})
        (matched,) = match_agencies(
            cursor, pa.table({"name": [given], "state": [state]})
        ).to_pylist()
        cursor.rollback()
    assert matched["record_id"] == ("K" if matched["how"] == "name" else None)
    return matched["how"] == "name"


@pytest.mark.long
@pytest.mark.parametrize(
    ("state", "given", "known"),
    [
        # Case, blanks, punctuation, accents.
        ("TX", "  alder   police department ", "Alder Police Department"),
        ("TX", "ALDER POLICE DEPARTMENT.", "Alder Police Department"),
        ("CO", "CANON CITY POLICE DEPT", "Cañon City Police Department"),
        ("AZ", "SNOWFLAKE/TAYLOR P.D.", "Snowflake-Taylor Police Department"),
        ("TX", "O DONNELL PD", "O'Donnell Police Department"),
        ("TN", "LAFOLLETTE PD", "La Follette Police Department"),
        ("OK", "MC ALESTER PD", "McAlester Police Department"),
        ("ID", "COEUR D' ALENE PD", "Coeur d'Alene Police Department"),
        # Police.
        ("TX", "ALDER PD", "Alder Police Department"),
        ("TX", "ALDER POL DPT", "Alder Police Department"),
        ("TX", "POLICE DEPARTMENT OF ALDER", "Alder Police Department"),
        ("TX", "ALDER DEPT. OF POLICE", "Alder Police Department"),
        ("PA", "HARRISBURG BUREAU POLICE DEPT", "Harrisburg Bureau of Police"),
        ("TX", "CITY OF ALDER POLICE", "Alder Police Department"),
        ("TX", "ALDER, CITY OF, POLICE DEPT", "Alder Police Department"),
        # Sheriffs and counties.
        ("TX", "BIRCH CTY SHERIFFS OFFICE", "Birch County Sheriff's Office"),
        ("TX", "BIRCH CNTY SHERIFF'S DEPT", "Birch County Sheriff's Office"),
        ("TX", "BIRCH COUNTY SHERIFFS' OFFICE", "Birch County Sheriff's Office"),
        ("TX", "BIRCH CO. SHERIFF", "Birch County Sheriff's Office"),
        ("TX", "BIRCH CSO", "Birch County Sheriff's Office"),
        ("TX", "BIRCH COUNTY SO", "Birch County Sheriff's Office"),
        ("TX", "SHERIFFS OFFICE, COUNTY OF BIRCH", "Birch County Sheriff's Office"),
        ("TX", "OFFICE OF THE SHERIFF - BIRCH COUNTY", "Birch County Sheriff's Office"),
        ("LA", "BIRCH PARISH SHERIFF", "Birch County Sheriff's Office"),
        ("GA", "DEKALB COUNTY PD", "De Kalb County Police Department"),
        # Units of towns.
        ("NJ", "ELM TWP PD", "Elm Township Police Department"),
        ("NJ", "TOWNSHIP OF ELM POLICE", "Elm Township Police Department"),
        ("MI", "CHARTER TOWNSHIP OF ELM POLICE", "Elm Township Police Department"),
        ("PA", "ELM BORO POLICE", "Elm Borough Police Department"),
        ("NY", "VILLAGE OF ELM PD", "Elm Village Police Department"),
        ("NJ", "ELM TWP PD OAK CO.", "Elm Township, Oak County Police Department"),
        ("PA", "ELM TWP PD OAK COUNTY", "Elm Township Police Department, Oak County"),
        # Words short for one thing.
        ("FL", "SAINT CLOUD PD", "St. Cloud Police Department"),
        ("NY", "MT PLEASANT PD", "Mount Pleasant Police Department"),
        ("KY", "FT THOMAS PD", "Fort Thomas Police Department"),
        ("SC", "N MYRTLE BCH PD", "North Myrtle Beach Police Department"),
        ("SC", "NO. MYRTLE BEACH PD", "North Myrtle Beach Police Department"),
        ("IN", "SO BEND PD", "South Bend Police Department"),
        # Constables.
        ("TX", "CEDAR CO CONSTABLE PCT. 3", "Cedar County Constable Precinct 3"),
        ("TX", "CEDAR COUNTY CONSTABLE PREC #3", "Cedar County Constable Precinct 3"),
        # A state's own.
        ("CT", "CT STATE POLICE", "Connecticut State Police"),
        ("CT", "CONNECTICUT STATE POLICE", "State Police"),
        ("MT", "MT HWY PATROL", "Montana Highway Patrol"),
        ("TX", "TEXAS DPS", "Department of Public Safety"),
        ("UT", "UT COUNTY SHERIFF DEPT", "Utah County Sheriff's Office"),
        # Institutions are police however they say so.
        ("AL", "TROY UNIV POLICE DEPT HI_ED", "Troy University"),
        ("AL", "AL STATE UNIV DPS", "Alabama State University"),
        ("WI", "UNIV OF WI LA CROSSE POLICE", "University of Wisconsin: La Crosse"),
        ("CA", "EL CAMINO COLL PD", "El Camino College"),
        ("AZ", "TUCSON AIRPORT AUTHORITY PD LEA", "Tucson Airport Authority"),
        ("CA", "HOPLAND TRIBAL POLICE DEPT", "Hopland Tribal"),
    ],
)
def test_the_same_however_it_is_written(store, state: str, given: str, known: str):
    assert same(store, state, given, known)


@pytest.mark.long
@pytest.mark.parametrize(
    ("state", "given", "known"),
    [
        # A sheriff is no police department; a county is no city.
        ("TX", "BIRCH COUNTY SHERIFF", "Birch County Police Department"),
        ("TX", "BIRCH COUNTY PD", "Birch Police Department"),
        ("TX", "BIRCH PD", "Birch County Police Department"),
        ("TX", "BIRCH POLICE", "Birch Sheriff's Office"),
        ("TX", "BIRCH CONSTABLE", "Birch Police Department"),
        ("TX", "BIRCH CITY MARSHAL", "Birch City Police Department"),
        ("CT", "CT STATE POLICE", "Connecticut State Patrol"),
        # What may be the same, but is for a person to say.
        ("MI", "ALBION PUBLIC SAFETY DEPT", "Albion Police Department"),
        ("FL", "PASCO SHERIFF'S OFFICE", "Pasco County Sheriff's Office"),
        ("TX", "BIRCH", "Birch Police Department"),
        # Towns of one name.
        ("NJ", "ELM POLICE DEPT", "Elm Township Police Department"),
        ("NJ", "ELM TWP POLICE DEPT", "Elm Police Department"),
        ("NJ", "ELM BOROUGH PD", "Elm Township Police Department"),
        ("NY", "ELM VILLAGE PD", "Elm Town Police Department"),
        ("NJ", "ELM TWP PD", "Elm Township, Oak County Police Department"),
        ("NJ", "ELM TWP PD ASH CO", "Elm Township, Oak County Police Department"),
        ("NJ", "ELM TWP PD OAK CO", "Elm Township Police Department"),
        # Neighbors.
        ("SC", "NO. MYRTLE BEACH PD", "Myrtle Beach Police Department"),
        ("GA", "FOR OGLETHORPE PD", "Oglethorpe Police Department"),
        ("IN", "SO BEND PD", "Bend Police Department"),
        ("TX", "ELM CITY PD", "Elm Police Department"),
        ("TX", "LAKEVIEW PD", "Lake View Police Department"),
        ("TX", "LAKE PARK PD", "Park Lake Police Department"),
        ("NJ", "NEWTOWN PD", "Newton Police Department"),
        ("MI", "SAULT ST MARIE PD", "Sault Ste. Marie Police Department"),
        # One of several.
        ("TX", "CEDAR COUNTY CONSTABLE PCT 3", "Cedar County Constable Precinct 5"),
        ("TX", "CEDAR COUNTY CONSTABLE", "Cedar County Constable Precinct 5"),
        ("NY", "NY STATE POLICE", "State Police: Troop T"),
        ("UT", "UTAH HIGHWAY PATROL", "Utah Highway Patrol: Utah County"),
        ("UT", "HIGHWAY PATROL UTAH COUNTY", "Utah Highway Patrol"),
        # A town and its university, and universities.
        ("AL", "TROY UNIVERSITY PD", "Troy Police Department"),
        ("AL", "TROY PD", "Troy University"),
        ("AL", "UNIV OF ALABAMA PD", "University of Alabama: Huntsville"),
        ("FL", "MIAMI UNIVERSITY", "University of Miami"),
        # What is no place at all.
        ("TX", "POLICE DEPARTMENT", "Police Department"),
        ("TX", "SHERIFF", "Sheriff's Office"),
        ("TX", "???", "Alder Police Department"),
    ],
)
def test_what_only_looks_the_same_is_not_certain(store, state: str, given: str, known: str):
    assert not same(store, state, given, known)
