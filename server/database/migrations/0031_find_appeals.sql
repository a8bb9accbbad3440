-- By which words an appeal is found, as core/appeals/appeal-search.ts makes them of its texts, the name it was filed
-- under and the incoming number. Beside the appeal and not in it, so that a due day that moves touches no word.
create table appeal_words (
  appeal uuid primary key references appeals (id),
  words tsvector not null
);
create index on appeal_words using gin (words);

-- By the day it was registered on: appeals lie in that order, so a summary of each stretch does, and costs a change nothing.
create index on appeals using brin (registered_on);
-- By the end of the citizen's PINFL.
create index citizens_by_end_of_pinfl on citizens (right(pinfl, 4)) where pinfl is not null;
