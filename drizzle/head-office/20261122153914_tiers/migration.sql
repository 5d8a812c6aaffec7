CREATE TABLE "tier_due" (
	"member_id" uuid PRIMARY KEY,
	"earned_on" date NOT NULL
);
