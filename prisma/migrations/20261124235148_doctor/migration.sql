-- AlterTable
ALTER TABLE "protocol_events" ADD COLUMN     "check_hash" BYTEA,
ADD COLUMN     "mishap" TEXT,
ADD COLUMN     "server_name" TEXT;

-- CreateTable
CREATE TABLE "check_codes" (
    "hash" BYTEA NOT NULL,
    "origin" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "check_codes_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "check_codes_origin_created_at_idx" ON "check_codes"("origin", "created_at");

-- CreateIndex
CREATE INDEX "check_codes_expires_at_idx" ON "check_codes"("expires_at");
