-- Delete everything except people, sign-ins, and the audit log, and mark the store as a
-- demonstration. The initial topics and metrics follow from queries/build.

delete from published_requests;

delete from published_totals;

delete from outcomes;

delete from engagements;

delete from requests;

delete from partners;

delete from agencies;

delete from metrics;

delete from topics;

delete from changes;

delete from uploads;

delete from upload_files;

delete from upload_readings;

delete from merged_agencies;

delete from recipes;

delete from saved_views;
delete from name_aliases;

update store_info
set is_demonstration = true, as_of_on = date '2026-09-30';
