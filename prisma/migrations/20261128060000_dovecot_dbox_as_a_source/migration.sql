ALTER TYPE "migration_source_kind" ADD VALUE 'DBOX' BEFORE 'MBOX';
