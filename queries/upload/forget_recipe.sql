delete from recipes
where dataset = $dataset and headings_key = $headings_key
