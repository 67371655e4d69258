-- CreateTable
CREATE TABLE "unknown_recipient_counts" (
    "origin" TEXT NOT NULL,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "unknown" INTEGER NOT NULL,
    "delivered" INTEGER NOT NULL,

    CONSTRAINT "unknown_recipient_counts_pkey" PRIMARY KEY ("origin")
);

-- CreateIndex
CREATE INDEX "unknown_recipient_counts_unknown_idx" ON "unknown_recipient_counts"("unknown");
