-- Whether the facts are those of the data version that the store has.
select exists (from facts_state join store_info using (data_version));
