-- The program's 14 topics, in its order and wording, and a starting set of
-- outcome metrics for its five goals. A new store starts with them.

insert into topics
select topic_id, topic_name, description, null, date '2017-10-01', null
from (values
    ('crime-reduction', 'Crime reduction', 'Problem solving techniques and strategies targeting crime reduction, in particular violent crime such as gang activity and drugs'),
    ('gun-violence', 'Gun violence prevention', 'Gun violence prevention best practices, from reactive to proactive policing'),
    ('focused-deterrence', 'Focused deterrence', 'Focused deterrence for broader public safety goals (drug markets, domestic violence, at-risk youth, gangs)'),
    ('gang-prevention', 'Gang prevention', 'Preventing gang participation and violence with schools and youth'),
    ('stakeholder-coordination', 'Stakeholder coordination', 'Coordination with prosecutors and other public and private stakeholders'),
    ('information-sharing', 'Information sharing', 'Intelligence and information sharing between Federal and local law enforcement (counter-terrorism and homeland security included)'),
    ('mass-casualty', 'Mass casualty response', 'Mass casualty response'),
    ('active-shooter', 'Active shooter response', 'Active shooter response'),
    ('mass-demonstrations', 'Mass demonstrations', 'Police response to mass demonstrations'),
    ('compstat', '21st Century COMPSTAT', '21st Century COMPSTAT: management, crime analysis and GIS'),
    ('officer-wellness', 'Officer safety and wellness', 'Officer safety and wellness'),
    ('training', 'De-escalation and crisis training', 'Training for de-escalation, crisis intervention and citizen engagement (in-person, web-based, train-the-trainer)'),
    ('tribal', 'Tribal law enforcement', 'Crime reduction strategy support for Tribal law enforcement'),
    ('shared-services', 'Shared services', 'Shared service models for smaller jurisdictions (investigations and crime analysis included)')
) as program(topic_id, topic_name, description);

insert into metrics
select *
from (values
    ('violent-crime-rate', 'Violent crime rate', 'rate_per_100k', 'lower', 'crime_reduction', 'results'),
    ('gun-crime-rate', 'Gun crime rate', 'rate_per_100k', 'lower', 'crime_reduction', 'results'),
    ('violent-clearance', 'Violent crimes cleared', 'percent', 'higher', 'crime_reduction', 'results'),
    ('analysis-use', 'Deployments guided by crime analysis', 'percent', 'higher', 'crime_reduction', 'behavior'),
    ('officer-injuries', 'Officers injured in a year', 'count', 'lower', 'officer_safety', 'results'),
    ('tactics-test', 'Tactics test score', 'percent', 'higher', 'officer_safety', 'learning'),
    ('days-lost', 'Days lost to injury', 'days', 'lower', 'officer_safety', 'results'),
    ('officer-morale', 'Officer morale survey', 'score_1_to_5', 'higher', 'officer_morale', 'behavior'),
    ('wellness-use', 'Officers who use wellness services', 'percent', 'higher', 'officer_morale', 'behavior'),
    ('training-rating', 'Usefulness as rated by participants', 'score_1_to_5', 'higher', 'officer_morale', 'reaction'),
    ('community-trust', 'Community trust survey', 'score_1_to_5', 'higher', 'public_respect', 'results'),
    ('complaints', 'Complaints in a year', 'count', 'lower', 'public_respect', 'results'),
    ('deescalation-test', 'De-escalation test score', 'percent', 'higher', 'public_respect', 'learning'),
    ('recommendations-done', 'Recommendations carried out', 'percent', 'higher', 'local_capacity', 'behavior'),
    ('shared-cases', 'Cases worked with a neighboring agency', 'count', 'higher', 'local_capacity', 'behavior'),
    ('days-to-evidence', 'Days to evidence results', 'days', 'lower', 'local_capacity', 'results')
) as starting_set(metric_id, metric_name, unit, better, goal, level);
