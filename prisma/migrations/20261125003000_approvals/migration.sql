-- CreateTable
CREATE TABLE "approvals" (
    "id" UUID NOT NULL,
    "deed" TEXT NOT NULL,
    "mailbox_id" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "requested_by" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "is_approved" BOOLEAN NOT NULL DEFAULT false,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "approvals_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "approvals_mailbox_id_idx" ON "approvals"("mailbox_id");

-- CreateIndex
CREATE INDEX "approvals_expires_at_idx" ON "approvals"("expires_at");

-- CreateIndex
CREATE INDEX "audit_records_actor_id_at_idx" ON "audit_records"("actor_id", "at");

-- AddForeignKey
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Nobody approves what they asked for, whatever a program says.
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_two_people" CHECK ("decided_by" <> "requested_by");

-- A name as it sounds: width, hiragana or katakana and spaces make no difference.
CREATE FUNCTION "kana_key"(name TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN translate(regexp_replace(lower(normalize(name, NFKC)), '[[:space:]・]+', '', 'g'),
  'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖ',
  'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶ');
CREATE INDEX "customers_kana_key_idx" ON "customers" (kana_key("name_kana"));
