-- What is asked about every message of a folder is in the index that leads to it: its row, with the envelope in it, is
-- not read for a flag. A change of flags writes to this index already, because it changes an indexed column (modseq).
ALTER TABLE "messages" DROP CONSTRAINT "messages_pkey", ADD CONSTRAINT "messages_pkey"
  PRIMARY KEY ("mailbox_id", "folder_id", "uid") INCLUDE ("modseq", "internal_date", "size_bytes", "flags");
