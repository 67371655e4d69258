-- CreateTable
CREATE TABLE "address_uses" (
    "address" INET NOT NULL,
    "mailbox_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "address_uses_pkey" PRIMARY KEY ("address","mailbox_id")
);

-- CreateIndex
CREATE INDEX "address_uses_at_idx" ON "address_uses"("at");
