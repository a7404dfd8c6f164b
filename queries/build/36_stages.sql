-- The stages of a request, and how each one ended. Defined once, for every question
-- about time: stored in facts_of_requests, because it follows from the request alone.
--
-- A stage is named for what ends it: decided (from received), assigned (from decided),
-- delivery_started (from assigned), closed (from delivery started); and, over two of
-- them, received_to_assigned.

create or replace macro stages() as table
select stage_order::integer as stage_order, stage
from (
    values
        (1, 'decided'),
        (2, 'assigned'),
        (3, 'delivery_started'),
        (4, 'closed'),
        (5, 'received_to_assigned')
) as named(stage_order, stage);

-- How many of the first three stages a status says are past. A withdrawn request may
-- have been anywhere.
create or replace macro stages_past(in_status) as
    case
        when in_status in ('accepted', 'declined') then 1
        when in_status = 'assigned' then 2
        when in_status in ('in_delivery', 'completed') then 3
        else 0
    end;

-- The same, where a date of a later stage says more than the status does.
create or replace macro stages_past_by_dates(in_status, in_assigned_on, in_started_on) as
    case
        when in_started_on is not null then greatest(stages_past(in_status), 2)
        when in_assigned_on is not null then greatest(stages_past(in_status), 1)
        else stages_past(in_status)
    end;

-- A request that was declined and never assigned was declined by its decision.
create or replace macro is_declined_at_decision(in_status, in_assigned_on) as
    coalesce(in_status = 'declined' and in_assigned_on is null, false);

-- The day on which a request that is not open left: it was closed then. One that was
-- declined without a day of closing left when it was decided.
create or replace macro left_on(in_is_open, in_status, in_decided_on, in_closed_on) as
    case
        when not in_is_open
            then coalesce(
                in_closed_on, case when in_status = 'declined' then in_decided_on end
            )
    end;

-- How a stage ended, as a small number, which is quick to count by:
-- 1 by its own end, or 2 where the decision was to decline; before that, by a request
-- that was 3 declined, 4 withdrawn, or 5 closed without a status; 6 not yet; 7 unknown,
-- where a day is missing although the stage began or is past, or where days are out of
-- order. Null where it did not begin.
create or replace macro stage_end(
    in_is_begun, in_is_past, in_from_on, in_to_on, in_is_refusal,
    in_is_open, in_status, in_left_on
) as
    case
        when not in_is_begun then null
        when in_from_on is null then 7
        when in_to_on < in_from_on then 7
        when in_to_on is not null and in_is_refusal then 2
        when in_to_on is not null then 1
        when in_is_past then 7
        when in_is_open then 6
        when in_left_on is null or in_left_on < in_from_on then 7
        when in_status = 'declined' then 3
        when in_status = 'withdrawn' then 4
        else 5
    end::utinyint;

-- The days until that end; null while waiting, and where it is unknown.
create or replace macro stage_days(in_stage_end, in_begun_on, in_to_on, in_left_on) as
    case
        when in_stage_end <= 2 then in_to_on - in_begun_on
        when in_stage_end <= 5 then in_left_on - in_begun_on
    end::integer;
