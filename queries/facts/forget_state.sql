delete from facts_state;
