-- AlterTable
ALTER TABLE "queued_messages" ADD COLUMN     "content_sha256" BYTEA,
ADD COLUMN     "damaged_at" TIMESTAMPTZ(3),
ADD COLUMN     "sender_confirmed" BOOLEAN NOT NULL DEFAULT true;
