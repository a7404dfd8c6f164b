-- Each metric's baseline, its mean change, and the variation of both. Two metrics do not
-- change on average. Percentages and scores change by points, all others by a share. Counts
-- are for 50 sworn officers.
create temp table demo_metric_levels as
select *
from (values
    ('violent-crime-rate', 380.0, 0.6, -0.05, 0.18, 1),
    ('gun-crime-rate', 120.0, 0.7, -0.08, 0.25, 1),
    ('violent-clearance', 46.0, 10.0, 0.1, 6.0, 1),
    ('analysis-use', 35.0, 13.0, 10.0, 11.0, 1),
    ('officer-injuries', 4.0, 0.5, -0.10, 0.35, 0),
    ('tactics-test', 68.0, 9.0, 8.0, 8.0, 1),
    ('days-lost', 40.0, 0.5, 0.0, 0.35, 0),
    ('officer-morale', 3.2, 0.4, 0.16, 0.35, 2),
    ('wellness-use', 18.0, 8.0, 6.0, 8.0, 1),
    ('training-rating', 3.8, 0.35, 0.22, 0.4, 2),
    ('community-trust', 3.3, 0.4, 0.09, 0.3, 2),
    ('complaints', 6.0, 0.5, -0.06, 0.3, 0),
    ('deescalation-test', 66.0, 9.0, 10.0, 9.0, 1),
    ('recommendations-done', 20.0, 11.0, 28.0, 18.0, 1),
    ('shared-cases', 9.0, 0.5, 0.25, 0.4, 0),
    ('days-to-evidence', 45.0, 0.45, -0.15, 0.3, 0)
) as levels(metric_id, typical, spread, effect, effect_spread, decimals);

-- The metrics that fit each topic, counted from 0.
create temp table demo_topic_metrics as
with fitting as (
    select *
    from (values
        ('crime-reduction', ['violent-crime-rate', 'violent-clearance', 'analysis-use', 'community-trust', 'recommendations-done']),
        ('gun-violence', ['gun-crime-rate', 'violent-clearance', 'analysis-use', 'days-to-evidence']),
        ('focused-deterrence', ['violent-crime-rate', 'gun-crime-rate', 'community-trust', 'recommendations-done']),
        ('gang-prevention', ['violent-crime-rate', 'community-trust', 'training-rating', 'complaints']),
        ('stakeholder-coordination', ['shared-cases', 'violent-clearance', 'recommendations-done', 'days-to-evidence']),
        ('information-sharing', ['shared-cases', 'analysis-use', 'days-to-evidence']),
        ('mass-casualty', ['tactics-test', 'training-rating', 'recommendations-done']),
        ('active-shooter', ['tactics-test', 'training-rating', 'officer-injuries']),
        ('mass-demonstrations', ['complaints', 'community-trust', 'tactics-test', 'officer-injuries']),
        ('compstat', ['analysis-use', 'violent-crime-rate', 'recommendations-done', 'violent-clearance']),
        ('officer-wellness', ['officer-morale', 'wellness-use', 'days-lost', 'officer-injuries', 'training-rating']),
        ('training', ['deescalation-test', 'training-rating', 'complaints', 'community-trust', 'officer-injuries']),
        ('tribal', ['violent-crime-rate', 'shared-cases', 'community-trust', 'days-to-evidence']),
        ('shared-services', ['shared-cases', 'days-to-evidence', 'violent-clearance', 'recommendations-done'])
    ) as fitting(topic_id, metric_ids)
)

select
    topic_id,
    unnest(metric_ids) as metric_id,
    unnest(range(len(metric_ids))) as metric_order,
    len(metric_ids) as metrics
from fitting;
