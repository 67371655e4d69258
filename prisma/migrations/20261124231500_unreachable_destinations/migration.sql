-- CreateTable
CREATE TABLE "unreachable_destinations" (
    "domain" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "next_probe_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "unreachable_destinations_pkey" PRIMARY KEY ("domain")
);
