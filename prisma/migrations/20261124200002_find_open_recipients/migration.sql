-- What the operator's page asks: who is still to be served, waiting or held? Recipients that are done are not in the index.
CREATE INDEX "queued_recipients_open_idx" ON "queued_recipients" ("domain", "id") WHERE "finished_at" IS NULL;
