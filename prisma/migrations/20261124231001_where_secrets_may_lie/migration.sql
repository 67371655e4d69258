-- A secret and its key come and go together, and a credential that is revoked keeps neither.
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_sealed_whole"
  CHECK (("sealed_key" IS NULL) = ("sealed_secret" IS NULL));
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_sealed_in_use"
  CHECK ("revoked_at" IS NULL OR "sealed_secret" IS NULL);
