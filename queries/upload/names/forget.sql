delete from name_aliases
using confirmed_names as confirmed
where
    name_aliases.dataset = $dataset
    and name_aliases.state is not distinct from confirmed.state
    and name_aliases.city is not distinct from confirmed.city
    and name_aliases.alias_key = confirmed.alias_key
