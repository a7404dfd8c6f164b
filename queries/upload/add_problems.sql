insert into problems
from found
