-- AlterTable
ALTER TABLE "folders" ADD COLUMN     "recent_from" BIGINT NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "bodies" ADD COLUMN     "structure" TEXT;

-- CreateIndex
CREATE INDEX "messages_mailbox_id_folder_id_modseq_idx" ON "messages"("mailbox_id", "folder_id", "modseq");

-- What IMAP clients ask of every folder all the time: how many are unread, which is the first? (\Seen is bit 1)
CREATE INDEX "messages_unseen_idx" ON "messages" ("mailbox_id", "folder_id", "uid") WHERE ("flags" & 1) = 0;
