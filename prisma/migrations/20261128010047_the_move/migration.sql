-- AlterTable
ALTER TABLE "set_up_codes" ADD COLUMN     "helper" TEXT,
ADD COLUMN     "label" TEXT,
ADD COLUMN     "link_hash" BYTEA;

-- CreateTable
CREATE TABLE "announcement_waves" (
    "id" UUID NOT NULL,
    "announcement_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "size" INTEGER NOT NULL,
    "per_minute" INTEGER NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "paused_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "announcement_waves_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "announcement_letters" (
    "announcement_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "mailbox_id" INTEGER NOT NULL,
    "wave_id" UUID NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "announcement_letters_pkey" PRIMARY KEY ("announcement_id","version","mailbox_id")
);

-- CreateTable
CREATE TABLE "host_uses" (
    "mailbox_id" INTEGER NOT NULL,
    "credential_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "listener" TEXT NOT NULL,
    "mechanism" TEXT NOT NULL,
    "tls" BOOLEAN NOT NULL,
    "is_old_host" BOOLEAN NOT NULL,
    "sign" TEXT,
    "count" INTEGER NOT NULL,
    "refused_count" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "client_name" TEXT,

    CONSTRAINT "host_uses_pkey" PRIMARY KEY ("mailbox_id","credential_id","day","listener","mechanism","tls","is_old_host")
);

-- CreateTable
CREATE TABLE "call_notes" (
    "id" UUID NOT NULL,
    "mailbox_id" INTEGER NOT NULL,
    "author_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "call_notes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "announcement_waves_announcement_id_number_key" ON "announcement_waves"("announcement_id", "number");

-- CreateIndex
CREATE INDEX "announcement_letters_wave_id_sent_at_mailbox_id_idx" ON "announcement_letters"("wave_id", "sent_at", "mailbox_id");

-- CreateIndex
CREATE INDEX "host_uses_day_idx" ON "host_uses"("day");

-- CreateIndex
CREATE INDEX "call_notes_mailbox_id_at_idx" ON "call_notes"("mailbox_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "set_up_codes_link_hash_key" ON "set_up_codes"("link_hash");

-- AddForeignKey
ALTER TABLE "announcement_waves" ADD CONSTRAINT "announcement_waves_announcement_id_fkey" FOREIGN KEY ("announcement_id") REFERENCES "announcements"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement_letters" ADD CONSTRAINT "announcement_letters_wave_id_fkey" FOREIGN KEY ("wave_id") REFERENCES "announcement_waves"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "host_uses" ADD CONSTRAINT "host_uses_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_notes" ADD CONSTRAINT "call_notes_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was seen before there was this table. The old host was told by its default name then.
INSERT INTO "host_uses" ("mailbox_id", "credential_id", "day", "listener", "mechanism", "tls", "is_old_host", "sign", "count", "refused_count", "first_at", "last_at")
SELECT e."mailbox_id", e."credential_id", (e."at" AT TIME ZONE 'Asia/Tokyo')::date, e."listener", e."mechanism", e."tls_version" IS NOT NULL,
       coalesce(e."server_name" LIKE 'mx.%', false), CASE WHEN bool_or(e."server_name" LIKE 'mx.%') THEN 'serverName' END, count(*), 0, min(e."at"), max(e."at")
FROM "protocol_events" e JOIN "mailboxes" m ON m."id" = e."mailbox_id"
WHERE e."kind" = 'login' AND e."credential_id" IS NOT NULL AND e."mechanism" IS NOT NULL
GROUP BY 1, 2, 3, 4, 5, 6, 7;
