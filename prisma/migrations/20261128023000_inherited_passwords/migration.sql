-- CreateTable
CREATE TABLE "inherited_passwords" (
    "mailbox_id" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "sealed_hash" BYTEA NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inherited_passwords_pkey" PRIMARY KEY ("mailbox_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "inherited_passwords_id_key" ON "inherited_passwords"("id");

-- AddForeignKey
ALTER TABLE "inherited_passwords" ADD CONSTRAINT "inherited_passwords_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
