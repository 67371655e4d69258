-- AlterTable
ALTER TABLE "mailboxes" ADD COLUMN     "suspension_en" TEXT,
ADD COLUMN     "suspension_ja" TEXT;

-- CreateTable
CREATE TABLE "contacts" (
    "customer_id" UUID NOT NULL,
    "phone" TEXT NOT NULL,
    "verified_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3),

    CONSTRAINT "contacts_pkey" PRIMARY KEY ("customer_id")
);

-- CreateTable
CREATE TABLE "set_up_codes" (
    "digest" BYTEA NOT NULL,
    "mailbox_id" INTEGER NOT NULL,
    "issued_by" UUID NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "set_up_codes_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "owner_notices" (
    "id" BIGSERIAL NOT NULL,
    "mailbox_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "owner_notices_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "contacts_phone_idx" ON "contacts"("phone");

-- CreateIndex
CREATE INDEX "set_up_codes_mailbox_id_idx" ON "set_up_codes"("mailbox_id");

-- CreateIndex
CREATE INDEX "owner_notices_mailbox_id_idx" ON "owner_notices"("mailbox_id");

-- AddForeignKey
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "set_up_codes" ADD CONSTRAINT "set_up_codes_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "owner_notices" ADD CONSTRAINT "owner_notices_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
