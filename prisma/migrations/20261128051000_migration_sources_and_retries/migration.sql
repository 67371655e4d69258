-- AlterTable
ALTER TABLE "migration_faults" ADD COLUMN     "tried_again" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "migration_sources" ADD COLUMN     "removed_at" TIMESTAMPTZ(3);
