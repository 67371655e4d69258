-- AlterTable
ALTER TABLE "bodies" ADD COLUMN     "is_ascii" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "search_text" TEXT;
