-- CreateTable
CREATE TABLE "sieve_scripts" (
    "mailbox_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT false,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sieve_scripts_pkey" PRIMARY KEY ("mailbox_id","name")
);

-- CreateTable
CREATE TABLE "sieve_script_versions" (
    "id" BIGSERIAL NOT NULL,
    "mailbox_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "saved_via" TEXT NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sieve_script_versions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sieve_script_versions_mailbox_id_name_id_idx" ON "sieve_script_versions"("mailbox_id", "name", "id");

-- AddForeignKey
ALTER TABLE "sieve_scripts" ADD CONSTRAINT "sieve_scripts_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sieve_script_versions" ADD CONSTRAINT "sieve_script_versions_mailbox_id_name_fkey" FOREIGN KEY ("mailbox_id", "name") REFERENCES "sieve_scripts"("mailbox_id", "name") ON DELETE CASCADE ON UPDATE CASCADE;

-- One active script for each mailbox at the most.
CREATE UNIQUE INDEX "sieve_scripts_active_key" ON "sieve_scripts" ("mailbox_id") WHERE "is_active";
