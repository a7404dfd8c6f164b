-- The texts of requests: for each topic a situation, a request, and an ending.
create temp table demo_summaries as
with situations as (
    select *
    from (values
        ('crime-reduction', 'Thefts from cars and burglaries have risen for two summers.'),
        ('crime-reduction', 'A few blocks account for most of our violent calls.'),
        ('crime-reduction', 'Drug sales near the bus station draw weekly complaints.'),
        ('gun-violence', 'Shootings went up by a third in one year.'),
        ('gun-violence', 'Most of our shootings involve a small circle of young men.'),
        ('gun-violence', 'We recover more firearms each year but trace few of them.'),
        ('focused-deterrence', 'An open-air drug market has come back after two sweeps.'),
        ('focused-deterrence', 'The same people return in our domestic violence cases.'),
        ('focused-deterrence', 'Two feuding groups drive the assaults of this year.'),
        ('gang-prevention', 'Middle schools report recruiting by two local gangs.'),
        ('gang-prevention', 'Graffiti and fights among students have spread.'),
        ('gang-prevention', 'Our school officers have had no training on gangs.'),
        ('stakeholder-coordination', 'Cases stall between our detectives and the prosecutor.'),
        ('stakeholder-coordination', 'Courts, probation and police work from different lists.'),
        ('stakeholder-coordination', 'Businesses downtown want a say in how we patrol.'),
        ('information-sharing', 'Bulletins reach our patrol days after they are written.'),
        ('information-sharing', 'Neighboring agencies use three records systems.'),
        ('information-sharing', 'We have no analyst to link us to the fusion center.'),
        ('mass-casualty', 'A chemical plant and a rail line run through our center.'),
        ('mass-casualty', 'Our last exercise with fire and hospitals was years ago.'),
        ('mass-casualty', 'The fair brings 40,000 visitors to a town of few officers.'),
        ('active-shooter', 'Our plan dates from before the new school was built.'),
        ('active-shooter', 'Threats against two schools led to lockdowns this spring.'),
        ('active-shooter', 'Most of our officers have never trained with the medics.'),
        ('mass-demonstrations', 'Protests downtown grew faster than our plans.'),
        ('mass-demonstrations', 'A trial next year is likely to draw large crowds.'),
        ('mass-demonstrations', 'An outside review criticized our crowd tactics.'),
        ('compstat', 'Our weekly meetings recite counts and change little.'),
        ('compstat', 'We have data but nobody to map it.'),
        ('compstat', 'A new chief wants commanders to plan by evidence.'),
        ('officer-wellness', 'Two officers left this year citing stress.'),
        ('officer-wellness', 'Overtime has doubled and sick days with it.'),
        ('officer-wellness', 'After a line-of-duty death we lack peer support.'),
        ('training', 'Calls about people in crisis have doubled in three years.'),
        ('training', 'Half of our officers have under three years of service.'),
        ('training', 'Complaints about rudeness are our largest category.'),
        ('tribal', 'Four officers patrol a reservation of 600 square miles.'),
        ('tribal', 'Cases involving several jurisdictions wait for months.'),
        ('tribal', 'Drug traffic on the highway has reached our communities.'),
        ('shared-services', 'We have one detective and no evidence technician.'),
        ('shared-services', 'Three neighboring towns each pay for their own dispatch.'),
        ('shared-services', 'We cannot staff nights without help from the county.')
    ) as situations(topic_id, situation)
),

asks as (
    select *
    from (values
        ('crime-reduction', 'We ask for help with problem solving at these places.'),
        ('crime-reduction', 'We would like a review of our strategy by peers.'),
        ('crime-reduction', 'Please advise on a violent crime plan that we can keep up.'),
        ('gun-violence', 'We ask for a review of how we follow up on shootings.'),
        ('gun-violence', 'We would like to learn from cities that brought it down.'),
        ('gun-violence', 'Please help us set up regular shooting reviews.'),
        ('focused-deterrence', 'We ask for help to start focused deterrence here.'),
        ('focused-deterrence', 'We would like coaching for call-ins with the community.'),
        ('focused-deterrence', 'Please show us how others choose whom to focus on.'),
        ('gang-prevention', 'We ask for training with the school district.'),
        ('gang-prevention', 'We would like a prevention program for ages 10 to 14.'),
        ('gang-prevention', 'Please help us plan with youth services.'),
        ('stakeholder-coordination', 'We ask for a facilitator for joint meetings.'),
        ('stakeholder-coordination', 'We would like a model agreement on who does what.'),
        ('stakeholder-coordination', 'Please help us set up a working group.'),
        ('information-sharing', 'We ask for advice on a sharing agreement.'),
        ('information-sharing', 'We would like to visit an agency that solved this.'),
        ('information-sharing', 'Please review how threats are passed on to patrol.'),
        ('mass-casualty', 'We ask for a table-top exercise with all responders.'),
        ('mass-casualty', 'We would like our response plan reviewed.'),
        ('mass-casualty', 'Please train our supervisors in unified command.'),
        ('active-shooter', 'We ask for training of all shifts.'),
        ('active-shooter', 'We would like instructors of our own to be trained.'),
        ('active-shooter', 'Please review our plan together with the schools.'),
        ('mass-demonstrations', 'We ask for a review of our policy and equipment.'),
        ('mass-demonstrations', 'We would like training for supervisors of field teams.'),
        ('mass-demonstrations', 'Please help us plan with organizers and neighbors.'),
        ('compstat', 'We ask for a model that fits an agency of our size.'),
        ('compstat', 'We would like coaching for our first analyst.'),
        ('compstat', 'Please observe our meetings and advise.'),
        ('officer-wellness', 'We ask for help to start a peer support team.'),
        ('officer-wellness', 'We would like a wellness survey and a plan from it.'),
        ('officer-wellness', 'Please advise on resilience training for families too.'),
        ('training', 'We ask for de-escalation training for all patrol officers.'),
        ('training', 'We would like crisis intervention instructors trained.'),
        ('training', 'Please review our training plan and lesson material.'),
        ('tribal', 'We ask for a crime reduction plan with our council.'),
        ('tribal', 'We would like help with agreements with the county.'),
        ('tribal', 'Please send trainers who know tribal policing.'),
        ('shared-services', 'We ask for a study of shared investigations.'),
        ('shared-services', 'We would like a model agreement with our neighbors.'),
        ('shared-services', 'Please advise on sharing a crime analyst.')
    ) as asks(topic_id, ask)
),

endings as (
    select *
    from (values
        (''), (' Our governing body supports this.'),
        (' In-person help is preferred.'), (' Online sessions would suit our shifts.'),
        (' Neighboring agencies would take part.'),
        (' We hope to start within three months.')
    ) as endings(ending)
)

select
    topic_id,
    situation || ' ' || ask || ending as summary,
    -- 3 situations by 3 requests by 6 endings.
    row_number() over (
        partition by topic_id order by situation, ask, ending
    ) - 1 as summary_no
from situations
join asks using (topic_id)
cross join endings;
