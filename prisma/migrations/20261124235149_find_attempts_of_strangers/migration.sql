-- The doctor looks for what came from an address and belongs to no mailbox, and for what a visitor's code marks.
CREATE INDEX "protocol_events_stranger_idx" ON "protocol_events"("address", "at") WHERE "mailbox_id" IS NULL;
CREATE INDEX "protocol_events_check_idx" ON "protocol_events"("check_hash") WHERE "check_hash" IS NOT NULL;
CREATE INDEX "protocol_events_mishap_idx" ON "protocol_events"("at") WHERE "mishap" IS NOT NULL;
