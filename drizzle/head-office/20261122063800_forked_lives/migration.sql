ALTER TABLE "replica_inc" ADD COLUMN "forked_incarnation" text;--> statement-breakpoint
ALTER TABLE "replica_inc" ADD COLUMN "forked_seq" bigint;