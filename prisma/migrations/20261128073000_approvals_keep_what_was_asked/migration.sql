-- AlterTable
ALTER TABLE "approvals" ADD COLUMN     "order" JSONB NOT NULL DEFAULT '{}';
