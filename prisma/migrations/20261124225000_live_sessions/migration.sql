-- Who is connected now. UNLOGGED: after a crash nobody is, and the table is empty.
CREATE UNLOGGED TABLE "live_sessions" (
    "id" UUID NOT NULL,
    "mailbox_id" INTEGER NOT NULL,
    "credential_id" UUID NOT NULL,
    "listener" TEXT NOT NULL,
    "address" INET NOT NULL,
    "tls_version" TEXT,
    "client_name" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "live_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "live_sessions_mailbox_id_idx" ON "live_sessions"("mailbox_id");

-- AddForeignKey
ALTER TABLE "live_sessions" ADD CONSTRAINT "live_sessions_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
