CREATE TABLE "snapshot" (
	"snapshot_id" uuid PRIMARY KEY,
	"stream" text NOT NULL,
	"epoch" integer NOT NULL,
	"begun_at_ms" bigint NOT NULL,
	"made_at_ms" bigint,
	"gseq" bigint,
	"manifest" text,
	"signature" bytea,
	"key" bytea
);
--> statement-breakpoint
CREATE TABLE "snapshot_chunk" (
	"snapshot_id" uuid,
	"chunk" integer,
	"bytes" bytea NOT NULL,
	CONSTRAINT "snapshot_chunk_pkey" PRIMARY KEY("snapshot_id","chunk")
);
--> statement-breakpoint
CREATE INDEX "snapshot_by_stream" ON "snapshot" ("stream","made_at_ms");