-- CreateEnum
CREATE TYPE "dkim_algorithm" AS ENUM ('RSA', 'ED25519');

-- CreateEnum
CREATE TYPE "dkim_key_state" AS ENUM ('NEXT', 'ACTIVE', 'RETIRED');

-- CreateTable
CREATE TABLE "dkim_keys" (
    "id" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "selector" TEXT NOT NULL,
    "algorithm" "dkim_algorithm" NOT NULL,
    "state" "dkim_key_state" NOT NULL DEFAULT 'NEXT',
    "public_key" TEXT NOT NULL,
    "sealed_private_key" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "activated_at" TIMESTAMPTZ(3),
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "dkim_keys_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "dkim_keys_domain_state_idx" ON "dkim_keys"("domain", "state");

-- CreateIndex
CREATE UNIQUE INDEX "dkim_keys_domain_selector_key" ON "dkim_keys"("domain", "selector");
