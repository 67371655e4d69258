-- AlterTable
ALTER TABLE "credentials" ADD COLUMN     "sealed_key" BYTEA,
ADD COLUMN     "sealed_secret" BYTEA;
