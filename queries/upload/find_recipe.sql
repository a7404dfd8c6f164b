select recipe, decided_at at time zone 'UTC', decided_by
from recipes
where dataset = $dataset and headings_key = $headings_key
