-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "reference_ids" TEXT;
