ALTER TABLE "feed" ADD COLUMN "hash" bigint;--> statement-breakpoint
ALTER TABLE "feed" ADD COLUMN "deleted_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "record" ADD COLUMN "hash" bigint;--> statement-breakpoint
ALTER TABLE "stream_head" ADD COLUMN "min_g" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stream_head" ADD COLUMN "rows" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stream_head" ADD COLUMN "hash_sum" numeric;--> statement-breakpoint
CREATE INDEX "feed_deleted" ON "feed" ("deleted_at_ms") WHERE "deleted_at_ms" is not null;