-- CreateEnum
CREATE TYPE "role" AS ENUM ('SUBSCRIBER', 'SUPPORT_AGENT', 'OPERATOR');

-- CreateEnum
CREATE TYPE "sending_method" AS ENUM ('SMTP_AUTH', 'POP_BEFORE_SMTP');

-- CreateEnum
CREATE TYPE "recipient_state" AS ENUM ('WAITING', 'DELIVERED', 'FAILED');

-- CreateTable
CREATE TABLE "customers" (
    "id" UUID NOT NULL,
    "contract_number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_kana" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "portal_accounts" (
    "id" UUID NOT NULL,
    "login" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "customer_id" UUID,
    "display_name" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'ja',
    "time_zone" TEXT NOT NULL DEFAULT 'Asia/Tokyo',
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "portal_accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "web_sessions" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "account_id" UUID NOT NULL,
    "address" INET NOT NULL,
    "user_agent" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "web_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mailboxes" (
    "id" SERIAL NOT NULL,
    "customer_id" UUID NOT NULL,
    "login" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "sending_method" "sending_method" NOT NULL DEFAULT 'SMTP_AUTH',
    "pop_before_smtp" BOOLEAN NOT NULL DEFAULT false,
    "scram_salt" BYTEA NOT NULL,
    "quota_bytes" BIGINT NOT NULL DEFAULT 1073741824,
    "used_bytes" BIGINT NOT NULL DEFAULT 0,
    "suspended_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mailboxes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "aliases" (
    "address" TEXT NOT NULL,
    "mailbox_id" INTEGER NOT NULL,

    CONSTRAINT "aliases_pkey" PRIMARY KEY ("address")
);

-- CreateTable
CREATE TABLE "credentials" (
    "id" UUID NOT NULL,
    "mailbox_id" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "client_id" TEXT,
    "username" TEXT NOT NULL,
    "verifier" BYTEA NOT NULL,
    "scram_stored_key" BYTEA NOT NULL,
    "scram_server_key" BYTEA NOT NULL,
    "scopes" TEXT[],
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_address" INET,
    "last_used_via" TEXT,

    CONSTRAINT "credentials_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "relay_windows" (
    "mailbox_id" INTEGER NOT NULL,
    "address" INET NOT NULL,
    "credential_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "relay_windows_pkey" PRIMARY KEY ("mailbox_id","address")
);

-- CreateTable
CREATE TABLE "folders" (
    "mailbox_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "special_use" TEXT,
    "subscribed" BOOLEAN NOT NULL DEFAULT true,
    "uid_validity" BIGINT NOT NULL,
    "uid_next" BIGINT NOT NULL DEFAULT 1,
    "highest_modseq" BIGINT NOT NULL DEFAULT 1,

    CONSTRAINT "folders_pkey" PRIMARY KEY ("mailbox_id","id")
);

-- CreateTable
CREATE TABLE "bodies" (
    "mailbox_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "bodies_pkey" PRIMARY KEY ("mailbox_id","id")
);

-- CreateTable
CREATE TABLE "messages" (
    "mailbox_id" INTEGER NOT NULL,
    "folder_id" BIGINT NOT NULL,
    "uid" BIGINT NOT NULL,
    "body_id" BIGINT NOT NULL,
    "prefix" BYTEA NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "internal_date" TIMESTAMPTZ(3) NOT NULL,
    "flags" SMALLINT NOT NULL DEFAULT 0,
    "keywords" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "modseq" BIGINT NOT NULL DEFAULT 1,
    "uidl" TEXT NOT NULL,
    "envelope" TEXT NOT NULL,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("mailbox_id","folder_id","uid")
);

-- CreateTable
CREATE TABLE "expunged_messages" (
    "mailbox_id" INTEGER NOT NULL,
    "folder_id" BIGINT NOT NULL,
    "uid" BIGINT NOT NULL,
    "modseq" BIGINT NOT NULL,

    CONSTRAINT "expunged_messages_pkey" PRIMARY KEY ("mailbox_id","folder_id","uid")
);

-- CreateTable
CREATE TABLE "queued_messages" (
    "id" BIGSERIAL NOT NULL,
    "sender" TEXT NOT NULL,
    "mailbox_id" INTEGER,
    "listener" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "eight_bit" BOOLEAN NOT NULL DEFAULT false,
    "utf8" BOOLEAN NOT NULL DEFAULT false,
    "envelope_id" TEXT,
    "return_full" BOOLEAN NOT NULL DEFAULT false,
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "queued_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "queued_recipients" (
    "id" BIGSERIAL NOT NULL,
    "message_id" BIGINT NOT NULL,
    "address" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "state" "recipient_state" NOT NULL DEFAULT 'WAITING',
    "attempt_count" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leased_until" TIMESTAMPTZ(3),
    "notify" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "original_recipient" TEXT,
    "delay_dsn_sent_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "queued_recipients_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_attempts" (
    "id" BIGSERIAL NOT NULL,
    "recipient_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "remote_host" TEXT,
    "tls_version" TEXT,
    "reply_code" INTEGER,
    "enhanced_status" TEXT,
    "reply_text" TEXT NOT NULL,

    CONSTRAINT "delivery_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sending_counters" (
    "mailbox_id" INTEGER NOT NULL,
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "recipients" INTEGER NOT NULL,

    CONSTRAINT "sending_counters_pkey" PRIMARY KEY ("mailbox_id","hour")
);

-- CreateTable
CREATE TABLE "policy_versions" (
    "id" SERIAL NOT NULL,
    "document" JSONB NOT NULL,
    "note" TEXT NOT NULL,
    "author_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_records" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" UUID,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "mailbox_id" INTEGER,
    "reason" TEXT NOT NULL,
    "details" JSONB NOT NULL,
    "prev_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_records_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "protocol_events" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "session_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "listener" TEXT NOT NULL,
    "address" INET NOT NULL,
    "tls_version" TEXT,
    "mailbox_id" INTEGER,
    "credential_id" UUID,
    "login_name" TEXT,
    "mechanism" TEXT,
    "reply_code" TEXT,
    "enhanced_status" TEXT,
    "reason" TEXT,
    "detail" TEXT NOT NULL,
    "transcript" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "policy_version" INTEGER,

    CONSTRAINT "protocol_events_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "customers_contract_number_key" ON "customers"("contract_number");

-- CreateIndex
CREATE UNIQUE INDEX "portal_accounts_login_key" ON "portal_accounts"("login");

-- CreateIndex
CREATE INDEX "portal_accounts_customer_id_idx" ON "portal_accounts"("customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "web_sessions_token_hash_key" ON "web_sessions"("token_hash");

-- CreateIndex
CREATE INDEX "web_sessions_account_id_idx" ON "web_sessions"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "mailboxes_address_key" ON "mailboxes"("address");

-- CreateIndex
CREATE INDEX "mailboxes_customer_id_idx" ON "mailboxes"("customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "mailboxes_domain_login_key" ON "mailboxes"("domain", "login");

-- CreateIndex
CREATE INDEX "aliases_mailbox_id_idx" ON "aliases"("mailbox_id");

-- CreateIndex
CREATE UNIQUE INDEX "credentials_username_key" ON "credentials"("username");

-- CreateIndex
CREATE INDEX "credentials_mailbox_id_idx" ON "credentials"("mailbox_id");

-- CreateIndex
CREATE INDEX "relay_windows_address_idx" ON "relay_windows"("address");

-- CreateIndex
CREATE UNIQUE INDEX "folders_mailbox_id_name_key" ON "folders"("mailbox_id", "name");

-- CreateIndex
CREATE INDEX "messages_mailbox_id_body_id_idx" ON "messages"("mailbox_id", "body_id");

-- CreateIndex
CREATE INDEX "expunged_messages_mailbox_id_folder_id_modseq_idx" ON "expunged_messages"("mailbox_id", "folder_id", "modseq");

-- CreateIndex
CREATE INDEX "queued_messages_mailbox_id_idx" ON "queued_messages"("mailbox_id");

-- CreateIndex
CREATE INDEX "queued_recipients_message_id_idx" ON "queued_recipients"("message_id");

-- CreateIndex
CREATE INDEX "delivery_attempts_recipient_id_idx" ON "delivery_attempts"("recipient_id");

-- CreateIndex
CREATE INDEX "audit_records_mailbox_id_at_idx" ON "audit_records"("mailbox_id", "at");

-- CreateIndex
CREATE INDEX "protocol_events_mailbox_id_at_idx" ON "protocol_events"("mailbox_id", "at");

-- CreateIndex
CREATE INDEX "protocol_events_session_id_idx" ON "protocol_events"("session_id");

-- CreateIndex
CREATE INDEX "protocol_events_at_idx" ON "protocol_events"("at");

-- AddForeignKey
ALTER TABLE "portal_accounts" ADD CONSTRAINT "portal_accounts_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "web_sessions" ADD CONSTRAINT "web_sessions_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "portal_accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mailboxes" ADD CONSTRAINT "mailboxes_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "aliases" ADD CONSTRAINT "aliases_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relay_windows" ADD CONSTRAINT "relay_windows_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "folders" ADD CONSTRAINT "folders_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queued_recipients" ADD CONSTRAINT "queued_recipients_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "queued_messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_recipient_id_fkey" FOREIGN KEY ("recipient_id") REFERENCES "queued_recipients"("id") ON DELETE CASCADE ON UPDATE CASCADE;
