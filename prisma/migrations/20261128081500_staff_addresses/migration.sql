-- CreateTable
CREATE TABLE "staff_address_changes" (
    "account_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "token_hash" BYTEA,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_address_changes_pkey" PRIMARY KEY ("account_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "staff_address_changes_token_hash_key" ON "staff_address_changes"("token_hash");

-- AddForeignKey
ALTER TABLE "staff_address_changes" ADD CONSTRAINT "staff_address_changes_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "portal_accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;
