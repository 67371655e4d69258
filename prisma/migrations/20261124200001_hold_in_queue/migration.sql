-- AlterEnum
ALTER TYPE "recipient_state" ADD VALUE 'HELD';

-- DropIndex
DROP INDEX "queued_messages_mailbox_id_idx";

-- AlterTable
ALTER TABLE "queued_recipients" ADD COLUMN     "cancel_requested_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "queued_messages_mailbox_id_id_idx" ON "queued_messages"("mailbox_id", "id");
