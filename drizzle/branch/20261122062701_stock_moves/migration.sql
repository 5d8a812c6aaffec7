CREATE TABLE `stock_move` (
	`move_id` text PRIMARY KEY,
	`branch_id` text NOT NULL,
	`item_kind` text NOT NULL,
	`item_id` text NOT NULL,
	`why` text NOT NULL,
	`pieces` integer NOT NULL,
	`expected` integer,
	`first` text,
	`last` text,
	`other_branch_id` text,
	`by` text NOT NULL,
	`second_person` text,
	`hlc` text NOT NULL,
	`at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `stock_move_by_item` ON `stock_move` (`branch_id`,`item_kind`,`item_id`,`hlc`);--> statement-breakpoint
CREATE INDEX `stock_move_by_day` ON `stock_move` (`at_ms`);--> statement-breakpoint
CREATE INDEX `stock_move_parcel` ON `stock_move` (`other_branch_id`) WHERE why = 'sent';