-- Whether to make the facts of these records anew is quicker than to make all.
select
    (select count(*) from due) * 4 <= (
        (select count(*) from requests)
        + (select count(*) from engagements)
        + (select count(*) from outcomes)
    );
