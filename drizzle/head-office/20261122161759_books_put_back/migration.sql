ALTER TABLE "replica" ADD COLUMN "presented_epoch" integer;--> statement-breakpoint
ALTER TABLE "server" ADD COLUMN "recovering_since_ms" bigint;