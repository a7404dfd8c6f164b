select text
from redacting_texts
order by text;
