-- CreateTable
CREATE TABLE "trace_codes" (
    "mailbox_id" INTEGER NOT NULL,
    "digest" BYTEA NOT NULL,
    "shown_by" UUID NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "trace_codes_pkey" PRIMARY KEY ("mailbox_id")
);

-- AddForeignKey
ALTER TABLE "trace_codes" ADD CONSTRAINT "trace_codes_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
