-- Message bytes are kept uncompressed, out of line: most are compressed or encoded already, and IMAP reads slices of them.
ALTER TABLE "bodies" ALTER COLUMN "content" SET STORAGE EXTERNAL;
ALTER TABLE "queued_messages" ALTER COLUMN "content" SET STORAGE EXTERNAL;

-- What the relay worker asks all the time: who is due? Recipients that are done are not in the index.
CREATE INDEX "queued_recipients_due_idx" ON "queued_recipients" ("next_attempt_at") WHERE "state" = 'WAITING';
