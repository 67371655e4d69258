-- CreateEnum
CREATE TYPE "migration_source_kind" AS ENUM ('IMAP', 'POP3', 'IMAP_AND_POP3', 'MAILDIR', 'MBOX');

-- CreateEnum
CREATE TYPE "migration_tls" AS ENUM ('IMPLICIT', 'STARTTLS', 'NONE');

-- CreateEnum
CREATE TYPE "migration_state" AS ENUM ('WAITING', 'RUNNING', 'PAUSED', 'COPIED', 'DONE', 'FAILED', 'CANCELLED');

-- CreateTable
CREATE TABLE "migration_sources" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "migration_source_kind" NOT NULL,
    "host" TEXT NOT NULL DEFAULT '',
    "imap_port" INTEGER NOT NULL DEFAULT 993,
    "pop3_port" INTEGER NOT NULL DEFAULT 995,
    "tls" "migration_tls" NOT NULL DEFAULT 'IMPLICIT',
    "authority" TEXT NOT NULL DEFAULT '',
    "directory" TEXT NOT NULL DEFAULT '',
    "login_form" TEXT NOT NULL DEFAULT '{login}',
    "sealed_master_password" BYTEA,
    "max_connections" INTEGER NOT NULL DEFAULT 4,
    "messages_per_second" INTEGER NOT NULL DEFAULT 200,
    "self_service" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "migration_sources_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "migration_jobs" (
    "id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "mailbox_id" INTEGER NOT NULL,
    "source_login" TEXT NOT NULL,
    "sealed_password" BYTEA,
    "state" "migration_state" NOT NULL DEFAULT 'WAITING',
    "is_final" BOOLEAN NOT NULL,
    "requested_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_token" UUID,
    "leased_until" TIMESTAMPTZ(3),
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempt_count" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "folder_name" TEXT,
    "messages_found" INTEGER NOT NULL DEFAULT 0,
    "messages_copied" INTEGER NOT NULL DEFAULT 0,
    "bytes_copied" BIGINT NOT NULL DEFAULT 0,
    "uidls_taken" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "migration_jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "migrated_folders" (
    "mailbox_id" INTEGER NOT NULL,
    "source_id" UUID NOT NULL,
    "source_name" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "folder_id" BIGINT NOT NULL,
    "special_use" TEXT,
    "subscribed" BOOLEAN NOT NULL DEFAULT true,
    "source_uid_validity" BIGINT,
    "source_uid_next" BIGINT NOT NULL DEFAULT 1,
    "source_modseq" BIGINT NOT NULL DEFAULT 1,
    "known_keys" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "taken_over_at" TIMESTAMPTZ(3),

    CONSTRAINT "migrated_folders_pkey" PRIMARY KEY ("mailbox_id","source_id","source_name")
);

-- CreateTable
CREATE TABLE "migration_faults" (
    "job_id" UUID NOT NULL,
    "folder_name" TEXT NOT NULL,
    "source_key" TEXT NOT NULL,
    "problem" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "migration_faults_pkey" PRIMARY KEY ("job_id","folder_name","source_key")
);

-- CreateIndex
CREATE INDEX "migration_jobs_batch_id_idx" ON "migration_jobs"("batch_id");

-- CreateIndex
CREATE INDEX "migration_jobs_mailbox_id_idx" ON "migration_jobs"("mailbox_id");

-- CreateIndex
CREATE INDEX "migration_jobs_state_next_attempt_at_idx" ON "migration_jobs"("state", "next_attempt_at");

-- CreateIndex
CREATE UNIQUE INDEX "migrated_folders_mailbox_id_folder_id_key" ON "migrated_folders"("mailbox_id", "folder_id");

-- AddForeignKey
ALTER TABLE "migration_jobs" ADD CONSTRAINT "migration_jobs_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "migration_jobs" ADD CONSTRAINT "migration_jobs_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "migration_sources"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "migrated_folders" ADD CONSTRAINT "migrated_folders_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "migration_faults" ADD CONSTRAINT "migration_faults_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "migration_jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
