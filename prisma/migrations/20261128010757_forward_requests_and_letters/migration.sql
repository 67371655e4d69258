-- AlterTable
ALTER TABLE "forward_addresses" ALTER COLUMN "token_hash" DROP NOT NULL;
