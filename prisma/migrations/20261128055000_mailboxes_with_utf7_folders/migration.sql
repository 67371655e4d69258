-- AlterTable
ALTER TABLE "mailboxes" ADD COLUMN     "has_utf7_folders" BOOLEAN NOT NULL DEFAULT false;

UPDATE "mailboxes" SET "has_utf7_folders" = true
WHERE "id" IN (SELECT "mailbox_id" FROM "migrated_folders" WHERE "taken_over_at" IS NOT NULL AND "name" ~ '[^\x01-\x7f]|&');
