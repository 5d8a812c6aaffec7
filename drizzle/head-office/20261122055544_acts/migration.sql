CREATE TABLE "act" (
	"act_id" uuid PRIMARY KEY,
	"type" text NOT NULL,
	"digest" bytea NOT NULL,
	"reply" jsonb
);
