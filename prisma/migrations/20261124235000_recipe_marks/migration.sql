-- CreateTable
CREATE TABLE "recipe_marks" (
    "mailbox_id" INTEGER NOT NULL,
    "key" BYTEA NOT NULL,
    "kind" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "recipe_marks_pkey" PRIMARY KEY ("mailbox_id","key")
);

-- CreateTable
CREATE TABLE "forward_addresses" (
    "mailbox_id" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "verified_at" TIMESTAMPTZ(3),

    CONSTRAINT "forward_addresses_pkey" PRIMARY KEY ("mailbox_id","address")
);

-- CreateIndex
CREATE UNIQUE INDEX "forward_addresses_token_hash_key" ON "forward_addresses"("token_hash");

-- CreateIndex
CREATE INDEX "recipe_marks_expires_at_idx" ON "recipe_marks"("expires_at");

-- AddForeignKey
ALTER TABLE "recipe_marks" ADD CONSTRAINT "recipe_marks_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "forward_addresses" ADD CONSTRAINT "forward_addresses_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
