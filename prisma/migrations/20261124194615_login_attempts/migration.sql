-- CreateTable
CREATE TABLE "login_failures" (
    "guess" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "address" INET NOT NULL,
    "account" TEXT NOT NULL,

    CONSTRAINT "login_failures_pkey" PRIMARY KEY ("guess")
);

-- CreateTable
CREATE TABLE "known_devices" (
    "account" TEXT NOT NULL,
    "network" INET NOT NULL,
    "device" TEXT NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "known_devices_pkey" PRIMARY KEY ("account","network","device")
);

-- CreateIndex
CREATE INDEX "login_failures_address_idx" ON "login_failures"("address");

-- CreateIndex
CREATE INDEX "login_failures_account_at_idx" ON "login_failures"("account", "at");

-- CreateIndex
CREATE INDEX "login_failures_at_idx" ON "login_failures"("at");

-- CreateIndex
CREATE INDEX "known_devices_last_seen_at_idx" ON "known_devices"("last_seen_at");
