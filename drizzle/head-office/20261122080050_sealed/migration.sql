CREATE TABLE "database_seal" (
	"one" integer PRIMARY KEY DEFAULT 1,
	"key_check" bytea NOT NULL,
	CONSTRAINT "database_seal_is_one" CHECK ("one" = 1)
);
--> statement-breakpoint
DROP INDEX "record_member_phones";--> statement-breakpoint
ALTER TABLE "record" ADD COLUMN "sealed" bytea;--> statement-breakpoint
ALTER TABLE "record" ADD COLUMN "tags" text[];--> statement-breakpoint
ALTER TABLE "act" ALTER COLUMN "reply" SET DATA TYPE bytea USING convert_to("reply"::text, 'UTF8');--> statement-breakpoint
DROP INDEX "record_user_name";--> statement-breakpoint
CREATE UNIQUE INDEX "record_user_name" ON "record" (("tags"[1])) WHERE "kind" = 'staff';--> statement-breakpoint
CREATE INDEX "record_member_tags" ON "record" USING gin ("tags") WHERE "kind" = 'member';