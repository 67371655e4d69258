-- AlterTable
ALTER TABLE "mailboxes" ADD COLUMN     "sending_held_at" TIMESTAMPTZ(3),
ADD COLUMN     "sending_held_for" TEXT;

-- AlterTable
ALTER TABLE "sending_counters" DROP CONSTRAINT "sending_counters_pkey",
ADD COLUMN     "messages" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "subject" TEXT NOT NULL DEFAULT '',
ADD CONSTRAINT "sending_counters_pkey" PRIMARY KEY ("mailbox_id", "subject", "hour");

-- CreateTable
CREATE TABLE "correspondents" (
    "mailbox_id" INTEGER NOT NULL,
    "digest" BYTEA NOT NULL,
    "first_sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "correspondents_pkey" PRIMARY KEY ("mailbox_id","digest")
);

-- CreateTable
CREATE TABLE "sending_trips" (
    "mailbox_id" INTEGER NOT NULL,
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "notice_sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "sending_trips_pkey" PRIMARY KEY ("mailbox_id","hour")
);

-- CreateIndex
CREATE INDEX "correspondents_mailbox_id_first_sent_at_idx" ON "correspondents"("mailbox_id", "first_sent_at");

-- CreateIndex
CREATE INDEX "correspondents_last_sent_at_idx" ON "correspondents"("last_sent_at");

-- CreateIndex
CREATE INDEX "sending_counters_hour_idx" ON "sending_counters"("hour");
