-- CreateTable
CREATE TABLE "mta_sts_policies" (
    "domain" TEXT NOT NULL,
    "policy_id" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "mx" TEXT[],
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mta_sts_policies_pkey" PRIMARY KEY ("domain")
);

-- CreateTable
CREATE TABLE "tls_results" (
    "day" DATE NOT NULL,
    "domain" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "sessions" INTEGER NOT NULL,

    CONSTRAINT "tls_results_pkey" PRIMARY KEY ("day","domain","policy","result")
);
