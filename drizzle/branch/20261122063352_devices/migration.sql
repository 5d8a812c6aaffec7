CREATE TABLE `device` (
	`device_id` text PRIMARY KEY,
	`name` text NOT NULL,
	`path` text NOT NULL,
	`identity` text,
	`setup` text NOT NULL
);
