-- AlterTable
ALTER TABLE "portal_accounts" DROP COLUMN "time_zone";
