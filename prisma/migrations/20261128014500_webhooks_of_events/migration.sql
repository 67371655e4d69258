-- AlterTable
ALTER TABLE "webhook_endpoints" ADD COLUMN     "event_cursor" BIGINT;
