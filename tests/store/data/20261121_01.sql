-- A database as the first revision left it after two nights; never edit, it stands for those in use.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('20261121_01');
CREATE TABLE archive_answer (
	id INTEGER NOT NULL, 
	archive VARCHAR(200) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	answered_at DATETIME NOT NULL, 
	answer JSON NOT NULL, 
	CONSTRAINT pk_archive_answer PRIMARY KEY (id), 
	CONSTRAINT uq_archive_answer_archive_digest UNIQUE (archive, digest)
);
CREATE TABLE archive_pool (
	archive VARCHAR(200) NOT NULL, 
	pool VARCHAR(100) NOT NULL, 
	body JSON NOT NULL, 
	CONSTRAINT pk_archive_pool PRIMARY KEY (archive, pool)
);
CREATE TABLE capture (
	id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	archive TEXT NOT NULL, 
	requested_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	state VARCHAR(30) NOT NULL, 
	body JSON NOT NULL, 
	CONSTRAINT pk_capture PRIMARY KEY (id), 
	CONSTRAINT fk_capture_source_id_source FOREIGN KEY(source_id) REFERENCES source (id) ON DELETE CASCADE, 
	CONSTRAINT uq_capture_source_id_archive_requested_at UNIQUE (source_id, archive, requested_at)
);
INSERT INTO "capture" VALUES(1,1,'wayback','2026-01-05 03:00:00.000000','2026-01-25 03:00:00.000000','saved','{"source": "https://example.org/mills", "url": "https://example.org/mills", "archive": "wayback", "state": "saved", "requested_at": "2026-01-05T03:00:00+00:00", "updated_at": "2026-01-25T03:00:00+00:00"}');
CREATE TABLE citation (
	id INTEGER NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	document_id INTEGER NOT NULL, 
	source_id INTEGER, 
	line INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	question VARCHAR(64) NOT NULL, 
	body JSON NOT NULL, 
	CONSTRAINT pk_citation PRIMARY KEY (id), 
	CONSTRAINT fk_citation_document_id_document FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE CASCADE, 
	CONSTRAINT fk_citation_source_id_source FOREIGN KEY(source_id) REFERENCES source (id), 
	CONSTRAINT uq_citation_key UNIQUE ("key")
);
INSERT INTO "citation" VALUES(1,'90a7376c267fa4bcf6a5',1,1,3,0,'e6eb69a54a397c7edd75804b52e0cef5','{"document": "rivers.txt", "span": {"start": 10, "end": 90, "line": 3, "column": 1, "byte_start": 10, "byte_end": 90}, "title": "The mills of the lower river", "url": "https://example.org/mills", "access_dates": [{"date": "2019-05-04", "text": "4 May 2019", "span": {"start": 60, "end": 70, "line": 3, "column": 51, "byte_start": 60, "byte_end": 70}}], "quote": "the last wheel stopped in autumn", "key": "90a7376c267fa4bcf6a5"}');
CREATE TABLE citation_fact (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	run_id INTEGER NOT NULL, 
	last_run_id INTEGER NOT NULL, 
	since DATETIME NOT NULL, 
	last_seen_at DATETIME NOT NULL, 
	times INTEGER NOT NULL, 
	identity VARCHAR(64) NOT NULL, 
	question VARCHAR(64) NOT NULL, 
	readable BOOLEAN NOT NULL, 
	confirmed BOOLEAN NOT NULL, 
	body JSON NOT NULL, 
	tally JSON, 
	"before" JSON, 
	CONSTRAINT pk_citation_fact PRIMARY KEY (id), 
	CONSTRAINT fk_citation_fact_last_run_id_run FOREIGN KEY(last_run_id) REFERENCES run (id), 
	CONSTRAINT fk_citation_fact_owner_id_citation FOREIGN KEY(owner_id) REFERENCES citation (id) ON DELETE CASCADE, 
	CONSTRAINT fk_citation_fact_run_id_run FOREIGN KEY(run_id) REFERENCES run (id), 
	CONSTRAINT uq_citation_fact_owner_id_run_id UNIQUE (owner_id, run_id)
);
INSERT INTO "citation_fact" VALUES(1,1,1,2,'2026-01-05 03:00:00.000000','2026-01-25 03:00:00.000000',2,'f2f63d93a4a52deb958c8548e8f90234','e6eb69a54a397c7edd75804b52e0cef5',1,1,'{"citation": "90a7376c267fa4bcf6a5", "quote": {"match": "found", "score": 100.0}}',NULL,'{"last_run_id": 1, "last_seen_at": "2026-01-05T03:00:00+00:00", "times": 1, "body": {"citation": "90a7376c267fa4bcf6a5", "quote": {"match": "found", "score": 100.0}}, "tally": null}');
CREATE TABLE coverage (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	run_id INTEGER NOT NULL, 
	last_run_id INTEGER NOT NULL, 
	since DATETIME NOT NULL, 
	last_seen_at DATETIME NOT NULL, 
	times INTEGER NOT NULL, 
	identity VARCHAR(64) NOT NULL, 
	question VARCHAR(64) NOT NULL, 
	coverage VARCHAR(30) NOT NULL, 
	body JSON NOT NULL, 
	tally JSON, 
	"before" JSON, 
	CONSTRAINT pk_coverage PRIMARY KEY (id), 
	CONSTRAINT fk_coverage_last_run_id_run FOREIGN KEY(last_run_id) REFERENCES run (id), 
	CONSTRAINT fk_coverage_owner_id_citation FOREIGN KEY(owner_id) REFERENCES citation (id) ON DELETE CASCADE, 
	CONSTRAINT fk_coverage_run_id_run FOREIGN KEY(run_id) REFERENCES run (id), 
	CONSTRAINT uq_coverage_owner_id_run_id UNIQUE (owner_id, run_id)
);
INSERT INTO "coverage" VALUES(1,1,1,2,'2026-01-05 03:00:00.000000','2026-01-25 03:00:00.000000',2,'568464ced324c108587ad8fcdd28b866','e6eb69a54a397c7edd75804b52e0cef5','near','{"key": "90a7376c267fa4bcf6a5", "coverage": "near", "answered_at": "2026-01-25T03:00:00+00:00"}',NULL,'{"last_run_id": 1, "last_seen_at": "2026-01-05T03:00:00+00:00", "times": 1, "body": {"key": "90a7376c267fa4bcf6a5", "coverage": "near", "answered_at": "2026-01-05T03:00:00+00:00"}, "tally": null}');
CREATE TABLE document (
	id INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	path TEXT NOT NULL, 
	body JSON NOT NULL, 
	CONSTRAINT pk_document PRIMARY KEY (id), 
	CONSTRAINT uq_document_digest UNIQUE (digest)
);
INSERT INTO "document" VALUES(1,'c14b5400e2137439c49882fa7913f2ef7fd0d818d21b096b6b0dc252dee51d2d','rivers.txt','{"path": "rivers.txt", "format": "text", "title": "Rivers", "citations": 1}');
CREATE TABLE finding (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	run_id INTEGER NOT NULL, 
	last_run_id INTEGER NOT NULL, 
	since DATETIME NOT NULL, 
	last_seen_at DATETIME NOT NULL, 
	times INTEGER NOT NULL, 
	identity VARCHAR(64) NOT NULL, 
	rule VARCHAR(100) NOT NULL, 
	rule_version INTEGER NOT NULL, 
	severity VARCHAR(30) NOT NULL, 
	status VARCHAR(30) NOT NULL, 
	outcome VARCHAR(30) NOT NULL, 
	body JSON NOT NULL, 
	tally JSON, 
	"before" JSON, 
	CONSTRAINT pk_finding PRIMARY KEY (id), 
	CONSTRAINT fk_finding_last_run_id_run FOREIGN KEY(last_run_id) REFERENCES run (id), 
	CONSTRAINT fk_finding_owner_id_citation FOREIGN KEY(owner_id) REFERENCES citation (id) ON DELETE CASCADE, 
	CONSTRAINT fk_finding_run_id_run FOREIGN KEY(run_id) REFERENCES run (id), 
	CONSTRAINT uq_finding_owner_id_run_id UNIQUE (owner_id, run_id)
);
INSERT INTO "finding" VALUES(1,1,1,2,'2026-01-05 03:00:00.000000','2026-01-25 03:00:00.000000',2,'e76751f57a3a0e3ae69ad31aeb87cbde','access-date/fresh',1,'ok','fresh','alive','{"citation": "90a7376c267fa4bcf6a5", "rule": "access-date/fresh", "severity": "ok", "confidence": "high", "status": "fresh", "reason": "The quoted words stand on the page.", "remedy": "Nothing to do."}',NULL,'{"last_run_id": 1, "last_seen_at": "2026-01-05T03:00:00+00:00", "times": 1, "body": {"citation": "90a7376c267fa4bcf6a5", "rule": "access-date/fresh", "severity": "ok", "confidence": "high", "status": "fresh", "reason": "The quoted words stand on the page.", "remedy": "Nothing to do."}, "tally": null}');
CREATE TABLE observation (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	run_id INTEGER NOT NULL, 
	last_run_id INTEGER NOT NULL, 
	since DATETIME NOT NULL, 
	last_seen_at DATETIME NOT NULL, 
	times INTEGER NOT NULL, 
	identity VARCHAR(64) NOT NULL, 
	outcome VARCHAR(30) NOT NULL, 
	body JSON NOT NULL, 
	tally JSON, 
	"before" JSON, 
	CONSTRAINT pk_observation PRIMARY KEY (id), 
	CONSTRAINT fk_observation_last_run_id_run FOREIGN KEY(last_run_id) REFERENCES run (id), 
	CONSTRAINT fk_observation_owner_id_source FOREIGN KEY(owner_id) REFERENCES source (id) ON DELETE CASCADE, 
	CONSTRAINT fk_observation_run_id_run FOREIGN KEY(run_id) REFERENCES run (id), 
	CONSTRAINT uq_observation_owner_id_run_id UNIQUE (owner_id, run_id)
);
INSERT INTO "observation" VALUES(1,1,1,2,'2026-01-05 03:00:00.000000','2026-01-25 03:00:00.000000',2,'5e6c96687df56f0f51a92ddfa42f0edb','alive','{"source": "https://example.org/mills", "url": "https://example.org/mills", "observed_at": "2026-01-05T03:00:00+00:00", "outcome": "alive", "http_status": 200, "title": "Mills", "fingerprint": "abababababababababababababababababababababababababababababababab"}','{"days": [], "changes": 0}','{"last_run_id": 1, "last_seen_at": "2026-01-05T03:00:00+00:00", "times": 1, "body": {"source": "https://example.org/mills", "url": "https://example.org/mills", "observed_at": "2026-01-05T03:00:00+00:00", "outcome": "alive", "http_status": 200, "title": "Mills", "fingerprint": "abababababababababababababababababababababababababababababababab"}, "tally": {"days": [], "changes": 0}}');
CREATE TABLE run (
	id INTEGER NOT NULL, 
	"key" VARCHAR(100) NOT NULL, 
	started_at DATETIME NOT NULL, 
	judged_at DATETIME NOT NULL, 
	finished_at DATETIME, 
	complete BOOLEAN DEFAULT 0 NOT NULL, 
	void BOOLEAN DEFAULT 0 NOT NULL, 
	body JSON NOT NULL, 
	totals JSON, 
	CONSTRAINT pk_run PRIMARY KEY (id), 
	CONSTRAINT uq_run_key UNIQUE ("key")
);
INSERT INTO "run" VALUES(1,'old-1','2026-01-05 03:00:00.000000','2026-01-05 03:00:00.000000','2026-01-05 04:00:00.000000',1,0,'{"id": "old-1", "started_at": "2026-01-05T03:00:00+00:00", "now": "2026-01-05T03:00:00+00:00", "finished_at": "2026-01-05T04:00:00+00:00", "complete": true}',NULL);
INSERT INTO "run" VALUES(2,'old-2','2026-01-25 03:00:00.000000','2026-01-25 03:00:00.000000','2026-01-25 04:00:00.000000',1,0,'{"id": "old-2", "started_at": "2026-01-25T03:00:00+00:00", "now": "2026-01-25T03:00:00+00:00", "finished_at": "2026-01-25T04:00:00+00:00", "complete": true}',NULL);
CREATE TABLE source (
	id INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	canonical_url TEXT NOT NULL, 
	url TEXT NOT NULL, 
	host_key TEXT NOT NULL, 
	next_check_at DATETIME NOT NULL, 
	scheduled_run_id INTEGER, 
	before_next_check_at DATETIME, 
	rot JSON, 
	CONSTRAINT pk_source PRIMARY KEY (id), 
	CONSTRAINT fk_source_scheduled_run_id_run FOREIGN KEY(scheduled_run_id) REFERENCES run (id) ON DELETE SET NULL, 
	CONSTRAINT uq_source_digest UNIQUE (digest)
);
INSERT INTO "source" VALUES(1,'b5d756437d0fae9ec57becd21d1166964f03e3586fbc8b42b31428f944c09a73','https://example.org/mills','https://example.org/mills','example.org','2026-02-14 03:00:00.000000',2,'2026-01-25 03:00:00.000000',NULL);
CREATE INDEX ix_source_next_check_at ON source (next_check_at, id);
CREATE INDEX ix_capture_state ON capture (state);
CREATE INDEX ix_citation_document_id ON citation (document_id, line, ordinal);
CREATE INDEX ix_citation_source_id ON citation (source_id);
CREATE INDEX ix_observation_last_run_id ON observation (last_run_id);
CREATE INDEX ix_observation_owner_id ON observation (owner_id, id);
CREATE INDEX ix_citation_fact_last_run_id ON citation_fact (last_run_id);
CREATE INDEX ix_citation_fact_owner_id ON citation_fact (owner_id, id);
CREATE INDEX ix_coverage_last_run_id ON coverage (last_run_id);
CREATE INDEX ix_coverage_owner_id ON coverage (owner_id, id);
CREATE INDEX ix_finding_last_run_id ON finding (last_run_id);
CREATE INDEX ix_finding_owner_id ON finding (owner_id, id);
COMMIT;
