-- AlterTable
ALTER TABLE "maintenance_windows" ADD COLUMN     "unstable_until" TIMESTAMPTZ(3);
