-- CreateTable
CREATE TABLE "client_sightings" (
    "client_id" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "witness" BYTEA NOT NULL,
    "last_day" DATE NOT NULL,

    CONSTRAINT "client_sightings_pkey" PRIMARY KEY ("client_id","witness")
);

-- CreateTable
CREATE TABLE "client_reports" (
    "id" UUID NOT NULL,
    "mailbox_id" INTEGER NOT NULL,
    "client_id" TEXT NOT NULL,
    "sending_method" "sending_method" NOT NULL,
    "works" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "verdict" TEXT,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "client_reports_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "client_reports_client_id_idx" ON "client_reports"("client_id");

-- CreateIndex
CREATE UNIQUE INDEX "client_reports_mailbox_id_client_id_sending_method_key" ON "client_reports"("mailbox_id", "client_id", "sending_method");

-- AddForeignKey
ALTER TABLE "client_reports" ADD CONSTRAINT "client_reports_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
