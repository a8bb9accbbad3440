-- Courses of knowledge in versions, and every attempt at their quizzes. Whoever has passed is attested until `valid_until`.

create table courses (
  id integer generated always as identity primary key,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);

create table course_versions (
  course integer not null references courses (id),
  version integer not null check (version > 0),
  -- The shape is CourseBody of core/learning/course.ts.
  body jsonb not null,
  -- [{item, version}]: the versions of its articles that it was written for.
  written_for jsonb not null,
  -- A draft is seen by those who write courses; agents have the newest published version.
  published boolean not null,
  -- Attestations of earlier versions hold until this day only.
  again_by date check (again_by is null or published),
  saved_at timestamptz not null default now(),
  saved_by uuid references staff_members (id),
  primary key (course, version)
);

create table quiz_attempts (
  id uuid primary key default gen_random_uuid(),
  course integer not null,
  version integer not null,
  staff uuid not null references staff_members (id),
  begun_at timestamptz not null default now(),
  answered_at timestamptz,
  -- For each question the places of the chosen answers.
  answers jsonb,
  right_count integer,
  passed boolean,
  passed_on date,
  valid_until date,
  foreign key (course, version) references course_versions (course, version),
  check ((answered_at is null) = (answers is null) and (answers is null) = (right_count is null)
    and (answers is null) = (passed is null)),
  check (coalesce(passed, false) = (passed_on is not null) and (valid_until is null or passed)),
  check (valid_until >= passed_on)
);

-- One quiz of a course at a time: whoever reloads the page comes back to the same.
create unique index quiz_attempts_open on quiz_attempts (staff, course) where answered_at is null;
create index quiz_attempts_staff on quiz_attempts (staff, course, answered_at);

-- A supervisor lets somebody try again who has used up his tries.
create table course_tries_given (
  course integer not null references courses (id),
  staff uuid not null references staff_members (id),
  given_at timestamptz not null default now(),
  given_by uuid not null references staff_members (id),
  primary key (course, staff, given_at)
);
