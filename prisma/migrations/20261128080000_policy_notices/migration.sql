-- CreateTable
CREATE TABLE "policy_notices" (
    "id" BIGSERIAL NOT NULL,
    "reader_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "base_version" INTEGER NOT NULL,
    "change" TEXT NOT NULL,
    "extent" JSONB,
    "reason" TEXT NOT NULL,
    "author_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_notices_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "policy_notices_reader_id_idx" ON "policy_notices"("reader_id");

-- AddForeignKey
ALTER TABLE "policy_notices" ADD CONSTRAINT "policy_notices_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "portal_accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;
