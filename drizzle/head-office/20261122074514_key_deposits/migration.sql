CREATE TABLE "key_deposit" (
	"replica" integer,
	"key_id" text,
	"sealed" bytea NOT NULL,
	"deposited_at_ms" bigint NOT NULL,
	CONSTRAINT "key_deposit_pkey" PRIMARY KEY("replica","key_id")
);
--> statement-breakpoint
ALTER TABLE "key_deposit" ADD CONSTRAINT "key_deposit_replica_replica_replica_fkey" FOREIGN KEY ("replica") REFERENCES "replica"("replica");