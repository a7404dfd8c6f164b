-- Every table of the store. No keys, checks or sequences: the upload checks
-- them in its transaction, and a store on many machines (DuckLake) has none.
--
-- Where a large upload writes many texts, their compression is named: the one that DuckDB
-- would choose, after it has tried every way on each piece in twice the time.

create table if not exists store_info (
    schema_version integer,
    is_demonstration boolean,
    -- null: today. A demonstration store carries the day that its data ends.
    as_of_on date,
    data_version bigint,
    created_at timestamptz
);

create table if not exists agencies (
    agency_id varchar,
    agency_name varchar,
    agency_type varchar,
    state varchar,
    county varchar,
    city varchar,
    zip varchar,
    latitude double,
    longitude double,
    sworn_officers integer,
    sworn_as_of_on date,
    population_served integer
);

create table if not exists topics (
    topic_id varchar,
    topic_name varchar,
    description varchar,
    maps_to varchar,
    effective_from_on date,
    effective_to_on date
);

create table if not exists partners (
    partner_id varchar,
    partner_name varchar,
    acronym varchar,
    kind varchar,
    selection_status varchar,
    applied_on date,
    effective_from_on date,
    effective_to_on date,
    base_city varchar,
    base_state varchar,
    base_latitude double,
    base_longitude double,
    capacity_hours_per_quarter double,
    topic_ids varchar[]
);

create table if not exists requests (
    request_id varchar using compression fsst,
    agency_id varchar using compression fsst,
    inquiry_on date,
    received_on date,
    status varchar,
    decided_on date,
    assigned_on date,
    delivery_started_on date,
    closed_on date,
    closed_reason varchar,
    source varchar,
    summary varchar using compression fsst,
    -- The first is the primary topic.
    topic_ids varchar[]
);

create table if not exists engagements (
    engagement_id varchar using compression fsst,
    request_id varchar using compression fsst,
    lead_partner_id varchar,
    topic_id varchar,
    delivery_mode varchar,
    status varchar,
    planned_start_on date,
    planned_end_on date,
    started_on date,
    ended_on date,
    last_activity_on date,
    hours double,
    participants_in_person integer,
    participants_virtual integer,
    site_name varchar,
    latitude double,
    longitude double,
    supporting_partner_ids varchar[]
);

create table if not exists metrics (
    metric_id varchar,
    metric_name varchar,
    unit varchar,
    better varchar,
    goal varchar,
    level varchar
);

create table if not exists outcomes (
    outcome_id varchar using compression fsst,
    engagement_id varchar using compression fsst,
    metric_id varchar,
    baseline_value double,
    baseline_on date,
    followup_value double,
    followup_on date,
    target_value double,
    respondents_invited integer,
    respondents_responded integer
);

create table if not exists uploads (
    upload_id varchar,
    uploaded_at timestamptz,
    uploaded_by varchar,
    -- file, correction, withdrawal or merge; the last three have no file.
    kind varchar,
    dataset varchar,
    file_name varchar,
    file_sha256 varchar,
    rows_read bigint,
    rows_inserted bigint,
    rows_updated bigint,
    rows_withdrawn bigint,
    rows_unchanged bigint,
    rows_rejected bigint,
    warnings bigint,
    state varchar,
    undone_at timestamptz,
    undone_by varchar
);

-- Every row that an upload touched. "before" is null for a new row, "after" for
-- one withdrawn; both are the row as JSON, in the columns of its dataset's file.
create table if not exists changes (
    upload_id varchar using compression dictionary,
    dataset varchar using compression dictionary,
    record_id varchar using compression fsst,
    -- Of a large upload, these two are most of what is written.
    before varchar using compression fsst,
    after varchar using compression fsst,
    is_undone boolean
);

-- The files as they came and their rejected rows, both packed by gzip; null where
-- there was none, or it was too large to keep.
create table if not exists upload_files (
    upload_id varchar,
    content blob,
    rejected blob
);

-- How each of these files was read, as JSON: what a person told of it, and its
-- encoding. A store from before knows it of later uploads alone.
create table if not exists upload_readings (
    upload_id varchar,
    told varchar
);

-- Agencies that turned out to be another one: their ids lead there.
create table if not exists merged_agencies (
    agency_id varchar,
    into_agency_id varchar,
    upload_id varchar
);

-- What was decided about files with the same headings, for the next one.
create table if not exists recipes (
    dataset varchar,
    headings_key varchar,
    recipe varchar,
    decided_at timestamptz,
    decided_by varchar
);

-- ZIP codes with their places, from the zipcodes package, filled at set-up.
create table if not exists zip_places (
    zip varchar,
    city varchar,
    state varchar,
    county varchar,
    latitude double,
    longitude double
);
