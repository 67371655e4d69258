-- Few messages carry keywords, and retention looks among them for those whose last day has come.
CREATE INDEX "messages_with_keywords_idx" ON "messages" ("mailbox_id", "folder_id", "uid") WHERE "keywords" <> '{}';
