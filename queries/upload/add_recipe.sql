insert into recipes
values ($dataset, $headings_key, $recipe, now(), $decided_by)
