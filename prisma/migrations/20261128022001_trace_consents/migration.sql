-- CreateTable
CREATE TABLE "trace_consents" (
    "id" UUID NOT NULL,
    "mailbox_id" INTEGER NOT NULL,
    "agent_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "granted_by" UUID,
    "granted_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "trace_consents_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "trace_consents_mailbox_id_idx" ON "trace_consents"("mailbox_id");

-- AddForeignKey
ALTER TABLE "trace_consents" ADD CONSTRAINT "trace_consents_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
