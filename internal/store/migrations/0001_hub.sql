-- Times are milliseconds since 1970, 0 for none. Truth is 0 or 1. Ids are random text.

CREATE TABLE org (
  one         BIGINT PRIMARY KEY CHECK (one = 1),
  id          {{.Text}} NOT NULL,
  name        {{.Text}} NOT NULL,
  key_id      {{.Text}} NOT NULL,
  key_purpose {{.Text}} NOT NULL,
  key_public  {{.Blob}} NOT NULL,
  key_from    BIGINT NOT NULL,
  key_until   BIGINT NOT NULL,
  key_cert    {{.Blob}} NOT NULL
);

CREATE TABLE member (
  id        {{.Text}} PRIMARY KEY,
  handle    {{.Text}} NOT NULL UNIQUE,
  role      {{.Text}} NOT NULL,
  seal_key  {{.Blob}} NOT NULL,
  sign_key  {{.Blob}} NOT NULL,
  cert      {{.Blob}} NOT NULL,
  salt      {{.Blob}} NOT NULL,
  passes    BIGINT NOT NULL,
  memory    BIGINT NOT NULL,
  threads   BIGINT NOT NULL,
  lock_body {{.Blob}} NOT NULL,
  proof     {{.Blob}} NOT NULL
);

CREATE TABLE session (
  token       {{.Blob}} PRIMARY KEY,
  member      {{.Text}} NOT NULL REFERENCES member,
  valid_until BIGINT NOT NULL,
  seen        BIGINT NOT NULL
);
CREATE INDEX session_seen ON session (seen);
CREATE INDEX session_until ON session (valid_until);

CREATE TABLE team_key (
  id          {{.Text}} PRIMARY KEY,
  purpose     {{.Text}} NOT NULL,
  public      {{.Blob}} NOT NULL,
  valid_from  BIGINT NOT NULL,
  valid_until BIGINT NOT NULL,
  cert        {{.Blob}} NOT NULL
);

CREATE TABLE key_wrap (
  key_id {{.Text}} NOT NULL REFERENCES team_key,
  member {{.Text}} NOT NULL REFERENCES member,
  body   {{.Blob}} NOT NULL,
  PRIMARY KEY (member, key_id)
);

CREATE TABLE conversation (
  id        {{.Text}} PRIMARY KEY,
  token     {{.Blob}} NOT NULL,
  door      {{.Text}} NOT NULL,
  lang      {{.Text}} NOT NULL,
  sealed_by {{.Text}} NOT NULL,
  key_id    {{.Text}} NOT NULL,
  envelope  {{.Blob}} NOT NULL,
  state     {{.Text}} NOT NULL,
  member    {{.Text}} NOT NULL,
  lease     BIGINT NOT NULL,
  since     BIGINT NOT NULL,
  opened    BIGINT NOT NULL,
  ended     BIGINT NOT NULL,
  seq       BIGINT NOT NULL,
  visitor   BIGINT NOT NULL,
  team      BIGINT NOT NULL,
  gone      BIGINT NOT NULL,
  case_id   {{.Text}} NOT NULL
);
CREATE INDEX conversation_live ON conversation (since, id) WHERE state <> 'closed';
CREATE INDEX conversation_ended ON conversation (ended) WHERE state = 'closed' AND case_id = '';

CREATE TABLE message (
  conversation {{.Text}} NOT NULL REFERENCES conversation,
  id           {{.Text}} NOT NULL,
  direction    {{.Text}} NOT NULL,
  turn         BIGINT NOT NULL,
  body         {{.Blob}} NOT NULL,
  sealed_by    {{.Text}} NOT NULL,
  seq          BIGINT NOT NULL,
  kept         BIGINT NOT NULL,
  PRIMARY KEY (conversation, seq),
  UNIQUE (conversation, id),
  UNIQUE (conversation, direction, turn)
);

CREATE TABLE vault_case (
  id        {{.Text}} PRIMARY KEY,
  closed    BIGINT NOT NULL,
  opened    BIGINT NOT NULL,
  version   BIGINT NOT NULL, -- of the list of wraps
  signed_by {{.Text}} NOT NULL,
  signature {{.Blob}} NOT NULL
);

CREATE TABLE wrap (
  case_id  {{.Text}} NOT NULL REFERENCES vault_case,
  place    BIGINT NOT NULL, -- in the list, whose order is signed
  member   {{.Text}} NOT NULL REFERENCES member,
  standing {{.Text}} NOT NULL,
  body     {{.Blob}} NOT NULL,
  PRIMARY KEY (case_id, place)
);
CREATE INDEX wrap_member ON wrap (member);

CREATE TABLE part (
  case_id {{.Text}} NOT NULL REFERENCES vault_case,
  id      {{.Text}} NOT NULL,
  version BIGINT NOT NULL,
  body    {{.Blob}} NOT NULL,
  made_by {{.Text}} NOT NULL,
  made    BIGINT NOT NULL,
  PRIMARY KEY (case_id, id)
);

-- Rows lie by id, so that not even their place in the file says which case was closed when.
CREATE TABLE coded_row (
  id     {{.Text}} PRIMARY KEY,
  key_id {{.Text}} NOT NULL,
  body   {{.Blob}} NOT NULL
){{if not .Postgres}} WITHOUT ROWID{{end}};

CREATE TABLE published (
  id      {{.Text}} PRIMARY KEY,
  made    BIGINT NOT NULL,
  made_by {{.Text}} NOT NULL,
  summary {{.Blob}} NOT NULL
);

CREATE TABLE event (
  seq    BIGINT PRIMARY KEY,
  made   BIGINT NOT NULL,
  member {{.Text}} NOT NULL,
  did    {{.Text}} NOT NULL,
  about  {{.Text}} NOT NULL,
  reason {{.Text}} NOT NULL
);
{{if .Postgres}}
-- Holds nothing. Writes take it to go together, or alone; see postgres.go.
CREATE TABLE turn (nothing BIGINT);
{{end}}
