select dataset, headings_key, recipe
from recipes
order by dataset, headings_key;
