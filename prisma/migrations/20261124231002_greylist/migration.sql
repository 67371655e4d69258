-- CreateTable
CREATE TABLE "greylist_triplets" (
    "digest" BYTEA NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "greylist_triplets_pkey" PRIMARY KEY ("digest")
);

-- CreateIndex
CREATE INDEX "greylist_triplets_last_at_idx" ON "greylist_triplets"("last_at");
