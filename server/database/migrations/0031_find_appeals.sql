-- By which words an appeal is found, as core/appeals/appeal-search.ts makes them of its texts, the name it was filed
-- under and the incoming number. Beside the appeal and not in it, so that a due day that moves touches no word.
create table appeal_words (
  appeal uuid primary key references appeals (id),
  words tsvector not null
);
create index on appeal_words using gin (words);

-- By a place in some year, by topic, by the day it was registered on, by the end of the citizen's PINFL.
create index on appeals (sequence);
create index on appeals (topic, id);
create index on appeals (registered_on, id);
create index citizens_by_end_of_pinfl on citizens (right(pinfl, 4)) where pinfl is not null;
