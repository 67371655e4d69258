-- CreateIndex
CREATE INDEX "audit_records_at_idx" ON "audit_records"("at");
