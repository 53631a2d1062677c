/**
 * The tables of jobs. How many executions of a job are in each state is counted by triggers: it is right at every moment,
 * whoever changes an execution.
 */
export const JOBS_SCHEMA: readonly string[] = [
  `CREATE TABLE jobs (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     job_id TEXT NOT NULL UNIQUE,
     status TEXT NOT NULL,
     target_selection TEXT NOT NULL,
     namespace_id TEXT,
     definition TEXT NOT NULL,
     document TEXT NOT NULL,
     document_source TEXT,
     created_ms INTEGER NOT NULL,
     updated_ms INTEGER NOT NULL,
     completed_ms INTEGER,
     hidden INTEGER NOT NULL DEFAULT 0,
     ended INTEGER NOT NULL DEFAULT 0,
     work TEXT,
     force_canceled INTEGER NOT NULL DEFAULT 0,
     comment TEXT,
     reason_code TEXT,
     notified INTEGER NOT NULL DEFAULT 0,
     minute_start_ms INTEGER,
     minute_rate INTEGER NOT NULL DEFAULT 0,
     minute_queued INTEGER NOT NULL DEFAULT 0,
     retell_after INTEGER,
     due_ms INTEGER
   ) STRICT;
   CREATE INDEX jobs_due ON jobs (due_ms) WHERE due_ms IS NOT NULL;
   CREATE INDEX jobs_by_status ON jobs (status, seq);
   CREATE TABLE job_targets (job INTEGER NOT NULL, target TEXT NOT NULL, PRIMARY KEY (job, target)) STRICT, WITHOUT ROWID;
   CREATE TABLE job_counts (job INTEGER NOT NULL, status TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (job, status))
     STRICT, WITHOUT ROWID;

   CREATE TABLE job_expansions (
     job INTEGER NOT NULL, target TEXT NOT NULL, token TEXT, PRIMARY KEY (job, target)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE job_waiting (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     job INTEGER NOT NULL,
     thing_name TEXT NOT NULL,
     urgent INTEGER NOT NULL,
     retried_failed INTEGER NOT NULL,
     retried_timed_out INTEGER NOT NULL
   ) STRICT;
   CREATE UNIQUE INDEX job_waiting_by_thing ON job_waiting (job, thing_name);
   CREATE INDEX job_waiting_in_order ON job_waiting (job, urgent DESC, seq);
   CREATE TABLE job_members (job INTEGER NOT NULL, thing_name TEXT NOT NULL, PRIMARY KEY (job, thing_name))
     STRICT, WITHOUT ROWID;

   CREATE TABLE job_executions (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     job INTEGER NOT NULL,
     thing_name TEXT NOT NULL,
     execution_number INTEGER NOT NULL,
     status TEXT NOT NULL,
     status_details TEXT NOT NULL,
     version_number INTEGER NOT NULL,
     queued_ms INTEGER NOT NULL,
     started_ms INTEGER,
     updated_ms INTEGER NOT NULL,
     in_progress_deadline_ms INTEGER,
     step_deadline_ms INTEGER,
     deadline_ms INTEGER,
     retried_failed INTEGER NOT NULL,
     retried_timed_out INTEGER NOT NULL,
     force_canceled INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE UNIQUE INDEX job_executions_by_number ON job_executions (job, thing_name, execution_number);
   CREATE INDEX job_executions_by_status ON job_executions (job, status, seq);
   CREATE INDEX job_executions_by_thing ON job_executions (thing_name, seq);
   CREATE INDEX job_executions_pending ON job_executions (thing_name) WHERE status IN ('QUEUED', 'IN_PROGRESS');
   CREATE INDEX job_executions_deadline ON job_executions (deadline_ms) WHERE deadline_ms IS NOT NULL;
   CREATE TRIGGER job_execution_added AFTER INSERT ON job_executions BEGIN
     INSERT INTO job_counts VALUES (new.job, new.status, 1) ON CONFLICT (job, status) DO UPDATE SET n = n + 1;
   END;
   CREATE TRIGGER job_execution_changed AFTER UPDATE OF status ON job_executions WHEN old.status <> new.status BEGIN
     UPDATE job_counts SET n = n - 1 WHERE job = old.job AND status = old.status;
     INSERT INTO job_counts VALUES (new.job, new.status, 1) ON CONFLICT (job, status) DO UPDATE SET n = n + 1;
   END;
   CREATE TRIGGER job_execution_deleted AFTER DELETE ON job_executions BEGIN
     UPDATE job_counts SET n = n - 1 WHERE job = old.job AND status = old.status;
   END;

   CREATE TABLE job_told (
     thing_name TEXT PRIMARY KEY, pending TEXT NOT NULL, next INTEGER, dirty INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX job_told_dirty ON job_told (thing_name) WHERE dirty = 1;

   CREATE TABLE job_templates (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     template_id TEXT NOT NULL UNIQUE,
     created_ms INTEGER NOT NULL,
     content TEXT NOT NULL
   ) STRICT;`,
]
