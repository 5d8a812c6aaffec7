CREATE TABLE "find_log" (
	"id" bigserial PRIMARY KEY,
	"at_ms" bigint NOT NULL,
	"staff_id" text NOT NULL,
	"replica" integer NOT NULL,
	"kind" text NOT NULL,
	"member_ids" text[] NOT NULL
);
--> statement-breakpoint
CREATE INDEX "find_log_by_staff" ON "find_log" ("staff_id","at_ms");--> statement-breakpoint
CREATE INDEX "record_member_phones" ON "record" USING gin (("doc" -> 'phones')) WHERE "kind" = 'member';