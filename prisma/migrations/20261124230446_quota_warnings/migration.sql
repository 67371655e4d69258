-- AlterTable
ALTER TABLE "mailboxes" ADD COLUMN     "quota_warned_percent" INTEGER NOT NULL DEFAULT 0;
