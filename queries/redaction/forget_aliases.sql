delete from name_aliases
where written in (select text from redacting_texts)
