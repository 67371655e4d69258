-- A mailbox has one migration under way at the most.
CREATE UNIQUE INDEX "migration_jobs_open_key" ON "migration_jobs" ("mailbox_id")
WHERE "state" IN ('WAITING', 'RUNNING', 'PAUSED', 'COPIED');
