-- AlterTable
ALTER TABLE "aliases" ADD COLUMN     "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "mailboxes" ADD COLUMN     "closes_at" TIMESTAMPTZ(3),
ADD COLUMN     "closing_warnings" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "released_addresses" (
    "digest" BYTEA NOT NULL,
    "mailbox_id" INTEGER NOT NULL,
    "released_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "released_addresses_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "usage_samples" (
    "mailbox_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "used_bytes" BIGINT NOT NULL,
    "sent" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,

    CONSTRAINT "usage_samples_pkey" PRIMARY KEY ("mailbox_id","day")
);

-- CreateTable
CREATE TABLE "account_exports" (
    "id" UUID NOT NULL,
    "mailbox_id" INTEGER NOT NULL,
    "account_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_exports_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "released_addresses_released_at_idx" ON "released_addresses"("released_at");

-- CreateIndex
CREATE INDEX "usage_samples_day_idx" ON "usage_samples"("day");

-- CreateIndex
CREATE INDEX "account_exports_mailbox_id_idx" ON "account_exports"("mailbox_id");

-- AddForeignKey
ALTER TABLE "usage_samples" ADD CONSTRAINT "usage_samples_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_exports" ADD CONSTRAINT "account_exports_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
