insert into problems
from found_problems
